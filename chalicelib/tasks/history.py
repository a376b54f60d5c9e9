"""What happened to a task: who did what, and when. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

# `improved`: the answer is no bad one any more. `withdrawn`: its person no longer wishes to be
# contacted. `helped` and `not_helped`: what its person said to
# what they were told; a no opens the task again.
What = Literal[
    "opened",
    "taken",
    "handed_on",
    "noted",
    "waiting",
    "closed",
    "opened_again",
    "improved",
    "withdrawn",
    "helped",
    "not_helped",
]
# Of its answer.
ASKS_NO_MORE: Final[tuple[What, ...]] = ("improved", "withdrawn")
HEED: Final = "heed"  # in the place of somebody's id, where nobody did it
PERSON: Final = "person"  # in the same place: whoever had answered
MOST: Final = 50
# Characters of all notes: an item, and a page of many, have an end.
MOST_WORDS: Final = 10_000


class Entry(Struct, frozen=True):
    """`by` is the id of a key, or of one of the team's people. `owner` and `until` are what it was
    changed to."""

    at: datetime
    by: str
    what: What
    owner: str | None = None
    until: datetime | None = None
    note: str | None = None


def with_entry(history: Sequence[Entry], entry: Entry) -> tuple[Entry, ...]:
    """Of a long history the last are kept, and of long notes too."""
    kept = (*history, entry)[-MOST:]
    lengths = [len(entry.note or "") for entry in kept]
    return tuple(
        entry if sum(lengths[place:]) <= MOST_WORDS else replace(entry, note=None)
        for place, entry in enumerate(kept)
    )


def without_notes(history: Sequence[Entry], of: What | None = None) -> tuple[Entry, ...]:
    """`of` None: of all entries."""
    return tuple(replace(e, note=None) if of in (None, e.what) else e for e in history)
