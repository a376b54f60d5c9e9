"""The facts that the rules of insights read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field

from chalicelib.periods import Range, is_calendar_period, month_after, months_between
from chalicelib.scores.metric import ByPoint
from chalicelib.scores.schemas import SegmentScores

MOST_NAMED = 10
LEAST_MONTHS = 3


class SilentAccount(Struct, frozen=True):
    """The account has `contacts`; `asked` of them were asked in these days. None answered."""

    name: str
    contacts: int
    asked: int


class SilentAccounts(Struct, frozen=True):
    """The first by name, and how many there are `more`. They were looked for in `days`, or in
    those of all facts."""

    named: Sequence[SilentAccount] = ()
    more: int = 0
    days: Range | None = None


class Facts(Struct, frozen=True):
    """`now` are the counts of a survey over `days`, `before` those of the days before (`past`).
    `loop` and `loop_before` count its tasks. `segments` are rows of `segments.split` over both.
    `by_month` has for each segment and value the answers of everybody else and its own, month by
    month. `unread` names the segments with too many values to read. `silent_accounts` is None when
    there was too much to read for them. Of a sealed survey there are counts of answers only."""

    scale: str
    days: Range
    today: date
    now: Mapping[str, int]
    before: Mapping[str, int]
    loop: Mapping[str, int] = field(default_factory=dict)
    loop_before: Mapping[str, int] = field(default_factory=dict)
    held: int = 0
    segments: Sequence[SegmentScores] = ()
    by_month: Mapping[tuple[str, str], Sequence[tuple[ByPoint, ByPoint]]] = field(
        default_factory=dict
    )
    unread: Sequence[str] = ()
    silent_accounts: SilentAccounts | None = SilentAccounts()
    is_sealed: bool = False

    @property
    def past(self) -> Range:
        return past_of(self.days)

    @property
    def is_closed(self) -> bool:
        """Only a calendar period that is over is tested: to look again is no other look."""
        return is_calendar_period(self.days) and self.days.end <= self.today


def past_of(days: Range) -> Range:
    """What a period is compared with: as many months before, and at least three, because a
    single month says little. Other ranges: as many days."""
    if not is_calendar_period(days):
        return days.previous
    length = max(LEAST_MONTHS, months_between(days.first, days.end))
    return Range(month_after(days.first, -length), days.first)


def first_by_name(accounts: Iterable[SilentAccount], days: Range | None = None) -> SilentAccounts:
    found = sorted(accounts, key=lambda account: (account.name.casefold(), account.name))
    return SilentAccounts(found[:MOST_NAMED], max(0, len(found) - MOST_NAMED), days)
