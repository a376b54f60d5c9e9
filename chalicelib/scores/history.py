"""A survey's own past by months: its first month, its baseline, its trend. Pure."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from chalicelib.periods import Range, month_after
from chalicelib.scores.metric import ENDS, by_point, values_of
from chalicelib.scores.schemas import Direction, Trend
from chalicelib.scores.statistics.change import SIGNIFICANT
from chalicelib.scores.statistics.trend import Slope, trend_of
from chalicelib.scores.summary import total
from chalicelib.surveys.scale import Scale
from chalicelib.web.days import shown_days

Months = Mapping[date, Mapping[str, int]]
TREND_MONTHS = 12
BASELINE_RESPONSES = 100
BASELINE_MONTHS = 3


class Baseline(Struct, frozen=True):
    range: Range
    counts: Mapping[str, int]


def first_month(months: Months) -> date | None:
    return min((month for month, counts in months.items() if counts.get("n", 0) > 0), default=None)


def baseline_of(months: Months, today: date) -> Baseline | None:
    """The first whole months that have 100 answers together, at most three. None until
    these months are over."""
    found = baseline_range(months)
    if found is None or found.end > today:
        return None
    return Baseline(found, _over(months, found))


def baseline_range(months: Months) -> Range | None:
    """The days of the baseline, also while they are not over yet. None without answers."""
    start = first_month(months)
    if start is None:
        return None
    lengths = [Range(start, month_after(start, 1 + more)) for more in range(BASELINE_MONTHS)]
    enough = [days for days in lengths if _over(months, days).get("n", 0) >= BASELINE_RESPONSES]
    return (enough or lengths[-1:])[0]


def trend_from(first_day: date) -> date:
    """The first day on which a trend is shown: a year after the first answer."""
    try:
        return first_day.replace(year=first_day.year + 1)
    except ValueError:
        return date(first_day.year + 1, 3, 1)  # 29 February


def trend(months: Months, end: date, scale: str) -> Trend | None:
    """A straight line through the answers of the twelve whole months before `end`. None
    when the survey is younger than that, or when fewer than three months have answers."""
    last = end.replace(day=1)
    wanted = Range(month_after(last, -TREND_MONTHS), last)
    start = first_month(months)
    if start is None or wanted.first < start:
        return None
    counted = [
        (place, values_of(by_point(months.get(month, {}), scale), scale))
        for place, month in enumerate(_months_in(wanted))
    ]
    slope = trend_of(counted, ENDS[Scale(scale)])
    if slope is None:
        return None
    return {
        **shown_days(wanted),
        "months": sum(1 for _, counts in counted if any(counts.values())),
        "per_month": slope.per_step,
        "low": slope.low,
        "high": slope.high,
        "raw": {"per_month": slope.per_step, "low": slope.low, "high": slope.high},
        "p": slope.p,
        "direction": _direction(slope),
    }


def _direction(slope: Slope) -> Direction:
    if slope.p >= SIGNIFICANT:
        return "no_clear_trend"
    return "up" if slope.per_step > 0 else "down"


def _over(months: Months, days: Range) -> dict[str, int]:
    return total(counts for month, counts in months.items() if month in days)


def _months_in(days: Range) -> list[date]:
    found, month = [], days.first
    while month < days.end:
        found.append(month)
        month = month_after(month)
    return found
