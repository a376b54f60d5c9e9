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


FOR_GOOD: Final = "for good: scores are counted again from it"

KINDS: Final = (
    Kind(
        "SURVEY#",
        "api send_mail open_task plan_follow_up tick",
        "api",
        "for good: answers name it",
    ),
    Kind(
        "PERSON#",
        "api send_mail",
        "api record_mail_event",
        "for good: an unsubscribed person stays so",
    ),
    Kind(
        "INVITE#",
        "api send_mail record_mail_event plan_follow_up tick",
        "api send_mail record_mail_event tick",
        f"{FOR_GOOD}; the facts of its visit 35 days by TTL: the judge needs them no longer",
    ),
    Kind(
        "RESPONSE#",
        "api send_mail record_mail_event open_task plan_follow_up tick",
        "api record_mail_event tick",
        FOR_GOOD,
    ),
    Kind("CHANGE#", "", "api tick", "as long as its response: it is the feed"),
    Kind(
        "TALLY#",
        "api recount",
        "api send_mail record_mail_event open_task tick recount",
        "for good: it is the score",
    ),
    Kind(
        "MONTHS#",
        "api recount",
        "api send_mail record_mail_event open_task tick recount",
        "for good: it is the score",
    ),
    Kind("TASK#", "api tick", "api open_task tick", FOR_GOOD),
    Kind("CAUSES#", "", "api", "for good: later spellings follow the first"),
    Kind(
        "FOLLOWUP#", "send_mail tick", "send_mail plan_follow_up tick", "for good: sent only once"
    ),
    Kind("REMINDER#", "send_mail tick", "send_mail tick", "for good: sent only once"),
    Kind("ACCOUNT#", "api", "api", "until it is deleted by the API"),
    Kind("OUTCOME#", "api", "api", "until it is deleted by the API"),
    Kind("GOALS#", "api", "api", "until it is deleted by the API"),
    Kind("HOOK#", "api", "api", "until it is deleted: a help desk calls it"),
    Kind("SEEN#", "api", "api", "7 days by TTL: as long as a help desk may deliver again"),
    Kind("IDEMPOTENCY#", "api", "api", "7 days by TTL: as long as a client may try again"),
    Kind("MAIL#", "record_mail_event", "send_mail", "60 days by TTL: bounces come within days"),
    Kind("RATE#", "api", "api", "1 hour by TTL: it counts minutes"),
    Kind("MX#", "send_mail", "send_mail", "7 days by TTL, 1 hour if unknown: domains move"),
    Kind("KEY#", "api", "api", "until it is taken back"),
)

# The partitions of the index `listed`, and who queries them.
LISTS: Final = {
    "SURVEYS": "api recount",
    "INVITES#": "api",
    "RESPONSES#": "api",
    "HELD#": "api",
    "DISMISSED#": "api",
    "SETTLING#": "api",
    "CHANGES#": "api",
    "TASKS#": "api",
    "ACCOUNTS": "api",
    "CONTACTS": "api",
    "OUTCOMES#": "api",
}
# The index `due`, all of it.
DUE: Final = "tick"
