"""Who reads and writes each kind of item, and how long it is kept: the one table of it. The roles
in infra/resources.yaml are held to it by tests, and docs/access-patterns.md is generated from it.

A role is told apart by the beginning of the PK only. A kind that fewer functions may write than
the others of its partition needs a beginning of its own.
"""

from typing import Final

from msgspec import Struct


class Kind(Struct, frozen=True):
    """`pk` is how the PK begins. Functions have their names in app.py, and `api` is the API with
    the pages. The operator's commands run with the operator's own rights."""

    pk: str
    read_by: str
    written_by: str
    kept: str
    table: str = "Heed"


KINDS: Final = (
    Kind(
        "SURVEY#",
        "api send_mail plan_effects deliver tick sweep forget reconcile",
        "api",
        "for good: tells of nobody who is asked; a logo that was replaced for a day, by TTL",
    ),
    Kind(
        "PERSON#",
        "api send_mail forget reconcile release_ballots",
        "api record_mail_event forget reconcile",
        "rows with their invitation or outcome; the directory's until it is deleted; who asked for"
        " silence or was erased, for good: a keyed hash",
    ),
    Kind(
        "INVITE#",
        "api send_mail record_mail_event plan_effects deliver tick sweep forget reconcile",
        "api send_mail record_mail_event tick sweep forget reconcile",
        "for good, since it is counted; its person, address, name and ticket `keep_days`; its"
        " visit by TTL, some time after the link has ended",
    ),
    Kind(
        "SERVED#",
        "api send_mail plan_effects sweep forget",
        "api send_mail forget reconcile",
        "until the words went to it, at most until the invitation has ended, by TTL",
    ),
    Kind(
        "EXTERNAL#",
        "api reconcile",
        "api forget",
        "until the directory says otherwise, or the person is erased: an address",
    ),
    Kind(
        "TICKET#",
        "api reconcile",
        "api reconcile",
        "60 days by TTL: which invitations a reopened ticket cancels; a hash and ids",
    ),
    Kind(
        "RESPONSE#",
        "api send_mail record_mail_event plan_effects tell_people deliver tick sweep forget",
        "api record_mail_event plan_effects tick sweep forget release_ballots",
        "for good: scores and words; its person, address, name and ticket `keep_days`; of an"
        " anonymous survey the address of whoever asked to be contacted, `keep_days` by TTL",
    ),
    Kind(
        "CHANGE#",
        "",
        "api tick sweep forget release_ballots",
        "for good: ids; tells a warehouse what was erased",
    ),
    Kind(
        "TALLY#",
        "api send_mail recount",
        "api send_mail record_mail_event plan_effects tick recount sweep forget release_ballots",
        "for good: counts, and no ids",
    ),
    Kind(
        "MONTHS#",
        "api send_mail recount release_ballots",
        "api send_mail record_mail_event plan_effects tick recount sweep forget release_ballots",
        "for good: counts, and no ids",
    ),
    Kind(
        "SHARDS#",
        "api send_mail record_mail_event plan_effects tick recount sweep forget release_ballots",
        "api send_mail record_mail_event plan_effects tick sweep forget release_ballots",
        "for good: a number for each survey",
    ),
    Kind(
        "CELLS#", "api release_ballots", "api release_ballots", "for good: published counts, no ids"
    ),
    Kind("GROUPS#", "reconcile", "api", "for good: names of groups, and nobody in them"),
    Kind("LOOKUPS#", "api", "api", "for good: which key looked, when and why; ids of invitations"),
    Kind(
        "TASK#",
        "api send_mail tell_people plan_effects deliver tick sweep forget",
        "api plan_effects tick sweep forget",
        "for good: causes are counted; its ticket, note and words `keep_days`; what was seen of"
        " *Did this help?* by TTL, some time after its links have ended",
    ),
    Kind("CAUSES#", "api", "api", "for good: later spellings follow the first"),
    Kind(
        "FOLLOWUP#",
        "api send_mail plan_effects tick sweep forget",
        "api send_mail plan_effects tick sweep forget",
        "`keep_days`: one e-mail for each, not two",
    ),
    Kind(
        "REMINDER#",
        "api send_mail tick sweep forget",
        "api send_mail tick sweep forget",
        "`keep_days`: one e-mail for each, not two",
    ),
    Kind(
        "LETTER#",
        "send_mail plan_effects tick sweep",
        "api send_mail tell_people plan_effects deliver tick sweep",
        "60 days by TTL: one e-mail for each, not two",
    ),
    Kind(
        "ACCOUNT#",
        "api send_mail plan_effects sweep forget",
        "api forget",
        "until it is deleted: the team's own list of its clients",
    ),
    Kind("OWNED#", "api send_mail tick sweep forget", "api forget", "with the account's owner"),
    Kind(
        "TEAM#",
        "api send_mail tell_people plan_effects tick deliver sweep forget",
        "api forget",
        "until it is deleted: the team's own people; who is erased goes at once",
    ),
    Kind(
        "DIGEST#",
        "tick sweep",
        "api tick sweep",
        "while the team wishes digests: two times",
    ),
    Kind(
        "REPORT#",
        "api send_mail tick sweep",
        "api tick sweep",
        "for good: the team's own words to all, of nobody",
    ),
    Kind("TURN#", "", "plan_effects sweep", "for good: a number for each team"),
    Kind("OUTCOME#", "api forget", "api forget", "4 years by TTL: no report looks further back"),
    Kind("GOALS#", "api", "api", "until it is deleted by the API"),
    Kind("HOOK#", "api deliver", "api", "until it is deleted: a help desk calls it"),
    Kind(
        "WEBHOOK#",
        "api send_mail plan_effects deliver sweep",
        "api deliver",
        "until it is deleted: Heed calls it",
    ),
    Kind(
        "DELIVERY#",
        "api plan_effects deliver tick sweep",
        "api plan_effects deliver tick sweep",
        "30 days by TTL: which event went to which webhook; ids, and nothing that anybody said",
    ),
    Kind(
        "HOOKED#",
        "api reconcile",
        "api reconcile",
        "7 days by TTL: as long as a help desk may deliver again",
    ),
    Kind("SEEN#", "api", "api", "7 days by TTL: as long as Slack may send a press again"),
    Kind("IDEMPOTENCY#", "api", "api", "7 days by TTL: as long as a client may try again"),
    Kind(
        "MAIL#",
        "api record_mail_event forget",
        "api send_mail forget",
        "60 days by TTL: bounces come within days",
    ),
    Kind("RATE#", "api", "api", "1 hour by TTL: it counts minutes"),
    Kind("MX#", "send_mail", "send_mail", "7 days by TTL, 1 hour if unknown: domains move"),
    Kind(
        "ERASURE#",
        "api forget",
        "api forget",
        "for good: the receipt, which names nobody once it is done",
    ),
    Kind(
        "SNAPSHOT#",
        "api forget",
        "api forget",
        "until the next night: counts, names of accounts, and no ids of people",
    ),
    Kind(
        "BOARD#",
        "api release_ballots",
        "api release_ballots",
        "for good: receipts and scores, and no words",
    ),
    Kind(
        "BALLOTS#",
        "api release_ballots forget",
        "api release_ballots forget",
        "until the survey is closed; then the box, conversations until their words are taken away,"
        " and of a confidential survey which answer came of which invitation",
        table="Ballots",
    ),
    Kind("SWEEP#", "sweep", "sweep", "for good: one survey's id"),
    Kind(
        "MEMBER#",
        "api send_mail forget",
        "api forget",
        "until it is removed, or its person is erased; a session 12 hours by TTL",
    ),
    Kind(
        "SIGNIN#",
        "api",
        "api",
        "15 minutes by TTL: a keyed hash of the address that was typed, and of the browser",
    ),
    Kind("HISTORY#", "", "api forget", "2 years by TTL: who changed what, and no words"),
    Kind("KEY#", "api", "api", "for good, also when taken back: it says who changed what"),
)

# The partitions of the index `listed`, and who queries them.
LISTS: Final = {
    "SURVEYS": "api send_mail recount sweep forget release_ballots",
    "INVITES#": "api tick sweep forget",
    "SERVERS#": "api forget",
    "TYPED#": "api forget",
    "RESPONSES#": "api send_mail sweep release_ballots",
    "HELD#": "api",
    "DISMISSED#": "api",
    "SETTLING#": "api",
    "CHANGES#": "api sweep",
    "TASKS#": "api sweep",
    "LETTERS#": "sweep",
    "ACCOUNTS": "api forget",
    "CONTACTS": "api plan_effects sweep forget",
    "PEOPLE": "api send_mail",
    "TEAMS": "api forget",
    "OUTCOMES#": "api forget",
    "ERASURES": "forget",
    "KEYS": "api",
    "HISTORY": "api",
    "MEMBERS": "api",
    "HOOKS": "api reconcile",
    "HOOKED#": "api",
    "WEBHOOKS": "api deliver sweep",
    "DELIVERIES#": "api sweep",
}
# The index `due`, all of it.
DUE: Final = "tick sweep"
