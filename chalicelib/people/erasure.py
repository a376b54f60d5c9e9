"""The erasure of a person, and the receipt of what went."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct

from chalicelib import ids

# What a receipt counts.
COUNTED: Final = (
    "invitations",
    "responses",
    "comments",
    "tasks",
    "notes",
    "reminders",
    "follow_ups",
    "mail_ids",
    "visits",
    "ledger",
    "directory",
    "stopped",
    "contacts",
    "teams",
    "served",
    "members",
    "typed",
    "outcomes",
    "unfindable",
)


class Progress(StrEnum):
    RUNNING = "running"
    DONE = "done"


class Erasure(Struct, frozen=True):
    """`person` is known only while it runs: the receipt names nobody."""

    id: str
    state: Progress
    asked_at: datetime
    done_at: datetime | None
    person: str | None
    counts: Mapping[str, int]


def erasure_id(person_id: str) -> str:
    """One person has one receipt, which does not tell the person."""
    return ids.derived_id("erasure", person_id)


def line_of_erasure(erasure: str) -> str:
    """One erasure has one line in the history, and one at its end."""
    return ids.derived_id("line", "erase", erasure)
