"""What the rules of insights are about. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chalicelib.periods import Range
from chalicelib.scores.schemas import SegmentScores


@dataclass(frozen=True)
class SilentAccount:
    """Of `contacts` in all, `asked` were asked in the range, and none of them answered."""

    name: str
    contacts: int
    asked: int


@dataclass(frozen=True)
class Facts:
    """Counts of a survey over `days`, and `before` of the days right before; `loop` those of
    its tasks. `segments` are rows of `segments.split`; of the dimensions in `unread` there
    are none, for they have too many values; `accounts_unread`: they were too many to be read."""

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
    silent_accounts: Sequence[SilentAccount] = ()
    accounts_unread: bool = False
