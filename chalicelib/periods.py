"""Days and the periods that they fall in. Pure; ranges are half-open."""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

LONGEST_RANGE = timedelta(days=5 * 366)
RECENT_DAYS = 90


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


MONTHS_IN = {Step.MONTH: 1, Step.QUARTER: 3}


class Range(Struct, frozen=True):
    """first <= day < end."""

    first: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end

    @property
    def previous(self) -> "Range":
        """The range right before it: as many months for whole months, otherwise as many days.
        July is compared with June and not with 31 days."""
        if self.first.day == self.end.day == 1:
            return Range(month_after(self.first, -months_between(self.first, self.end)), self.first)
        return Range(self.first - (self.end - self.first), self.first)


def up_to(last: date, days: int = RECENT_DAYS) -> Range:
    """The given number of days, ending with `last`."""
    end = last + timedelta(days=1)
    return Range(end - timedelta(days=days), end)


def periods_of(asked: Range, step: Step) -> list[Range]:
    """Periods that cover the range. The first and the last are cut to it. Weeks begin on
    Monday."""
    periods = []
    start = asked.first
    while start < asked.end:
        stop = min(_next_start(start, step), asked.end)
        periods.append(Range(start, stop))
        start = stop
    return periods


def whole_months(asked: Range) -> Range | None:
    """The months that the range holds from their first day to their last; None without any."""
    first = asked.first if asked.first.day == 1 else month_after(asked.first)
    end = asked.end.replace(day=1)
    return Range(first, end) if first < end else None


def edges(asked: Range) -> list[Range]:
    """The parts of the range outside its whole months."""
    inner = whole_months(asked)
    if inner is None:
        return [asked]
    both = (Range(asked.first, inner.first), Range(inner.end, asked.end))
    return [edge for edge in both if edge.first < edge.end]


def month_after(day: date, months: int = 1) -> date:
    """The first day of the month that is `months` later; earlier when negative."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, end: date) -> int:
    return (end.year - first.year) * 12 + end.month - first.month


def month_before(today: date) -> Range:
    """The last calendar month that is over."""
    return Range(month_after(today, -1), today.replace(day=1))


def is_calendar_period(days: Range) -> bool:
    """Whether it is a month, a quarter or a year of the calendar."""
    length = months_between(days.first, days.end)
    whole = days.first.day == days.end.day == 1
    return whole and length in (1, 3, 12) and (days.first.month - 1) % length == 0


def _next_start(day: date, step: Step) -> date:
    if step is Step.DAY:
        return day + timedelta(days=1)
    if step is Step.WEEK:
        return day + timedelta(days=7 - day.weekday())
    return month_after(day, MONTHS_IN[step] - (day.month - 1) % MONTHS_IN[step])
