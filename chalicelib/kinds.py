"""Who reads and writes each kind of item, and how long it is kept: the one table of it. The roles
in infra/resources.yaml are held to it by tests, and docs/access-patterns.md is generated from it.

A role is told apart by the beginning of the PK only. A kind that fewer functions may write than
the others of its partition needs a beginning of its own.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
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
        "api send_mail open_task plan_follow_up tick sweep forget",
        "api",
        "for good: tells of nobody who is asked",
    ),
    Kind(
        "PERSON#",
        "api send_mail forget",
        "api record_mail_event forget",
        "rows with their invitation or outcome; who asked for silence or was erased, for good:"
        " a keyed hash",
    ),
    Kind(
        "INVITE#",
        "api send_mail record_mail_event plan_follow_up tick sweep forget",
        "api send_mail record_mail_event tick sweep forget",
        "for good, since it is counted; its person, address, name and ticket `keep_days`; its"
        " visit by TTL, some time after the link has ended",
    ),
    Kind(
        "RESPONSE#",
        "api send_mail record_mail_event open_task plan_follow_up tick sweep forget",
        "api record_mail_event open_task tick sweep forget release_ballots",
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
        "api recount",
        "api send_mail record_mail_event open_task tick recount sweep forget release_ballots",
        "for good: counts, and no ids",
    ),
    Kind(
        "MONTHS#",
        "api recount release_ballots",
        "api send_mail record_mail_event open_task tick recount sweep forget release_ballots",
        "for good: counts, and no ids",
    ),
    Kind(
        "SHARDS#",
        "api send_mail record_mail_event open_task tick recount sweep forget release_ballots",
        "api send_mail record_mail_event open_task tick sweep forget release_ballots",
        "for good: a number for each survey",
    ),
    Kind(
        "CELLS#",
        "api release_ballots",
        "api release_ballots",
        "for good: counts of published answers, and no ids",
    ),
    Kind("LOOKUPS#", "api", "api", "for good: which key looked, when and why; ids of invitations"),
    Kind(
        "TASK#",
        "api send_mail open_task tell_people tick sweep forget",
        "api open_task tick sweep forget",
        "for good: causes are counted; its ticket and note `keep_days`",
    ),
    Kind("CAUSES#", "api", "api", "for good: later spellings follow the first"),
    Kind(
        "FOLLOWUP#",
        "api send_mail tick sweep forget",
        "api send_mail plan_follow_up tick sweep forget",
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
        "send_mail tick sweep",
        "send_mail tell_people tick sweep",
        "60 days by TTL: one e-mail for each, not two",
    ),
    Kind(
        "ACCOUNT#",
        "api forget",
        "api forget",
        "until it is deleted: the team's own list of its clients",
    ),
    Kind(
        "TEAM#",
        "api send_mail open_task tell_people sweep forget",
        "api forget",
        "until it is deleted: the team's own people; who is erased goes at once",
    ),
    Kind("TURN#", "", "open_task sweep", "for good: a number for each team"),
    Kind("OUTCOME#", "api forget", "api forget", "4 years by TTL: no report looks further back"),
    Kind("GOALS#", "api", "api", "until it is deleted by the API"),
    Kind("HOOK#", "api", "api", "until it is deleted: a help desk calls it"),
    Kind("SEEN#", "api", "api", "7 days by TTL: as long as a help desk may deliver again"),
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
    Kind("KEY#", "api", "api", "for good, also when taken back: it says who changed what"),
)

# The partitions of the index `listed`, and who queries them.
LISTS: Final = {
    "SURVEYS": "api recount sweep forget release_ballots",
    "INVITES#": "api sweep forget",
    "RESPONSES#": "api sweep release_ballots",
    "HELD#": "api",
    "DISMISSED#": "api",
    "SETTLING#": "api",
    "CHANGES#": "api sweep",
    "TASKS#": "api",
    "LETTERS#": "sweep",
    "ACCOUNTS": "api forget",
    "CONTACTS": "api forget",
    "TEAMS": "api forget",
    "OUTCOMES#": "api forget",
    "ERASURES": "forget",
    "KEYS": "api",
    "HOOKS": "api",
}
# The index `due`, all of it.
DUE: Final = "tick sweep"
