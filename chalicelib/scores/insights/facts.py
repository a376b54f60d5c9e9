"""The facts that the rules of insights read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chalicelib.periods import Range
from chalicelib.scores.schemas import SegmentScores

MOST_NAMED = 10


@dataclass(frozen=True)
class SilentAccount:
    """The account has `contacts`; `asked` of them were asked in the range. None answered."""

    name: str
    contacts: int
    asked: int


@dataclass(frozen=True)
class SilentAccounts:
    """The first by name, and how many there are `more`."""

    named: Sequence[SilentAccount] = ()
    more: int = 0


@dataclass(frozen=True)
class Facts:
    """`now` are the counts of a survey over `days`, `before` those of the days right before.
    `loop` and `loop_before` count its tasks. `segments` are rows of `segments.split`. `unread`
    names the segments with too many values to read. `silent_accounts` is None when there was
    too much to read for them. Of a sealed survey there are counts of answers only."""

    scale: str
    days: Range
    today: date
    now: Mapping[str, int]
    before: Mapping[str, int]
    loop: Mapping[str, int] = field(default_factory=dict)
    loop_before: Mapping[str, int] = field(default_factory=dict)
    held: int = 0
    segments: Sequence[SegmentScores] = ()
    unread: Sequence[str] = ()
    silent_accounts: SilentAccounts | None = SilentAccounts()
    is_sealed: bool = False


def first_by_name(accounts: Iterable[SilentAccount]) -> SilentAccounts:
    found = sorted(accounts, key=lambda account: (account.name.casefold(), account.name))
    return SilentAccounts(found[:MOST_NAMED], max(0, len(found) - MOST_NAMED))
