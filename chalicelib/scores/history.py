"""A survey's own past by months: when it began, its baseline, its trend. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.periods import Range, month_after
from chalicelib.scores.metric import by_point, weighed
from chalicelib.scores.schemas import Direction, Trend
from chalicelib.scores.statistics.change import SIGNIFICANT, Slope, trend_of
from chalicelib.scores.summary import total
from chalicelib.web.days import shown_days

Months = Mapping[date, Mapping[str, int]]
TREND_MONTHS = 12
BASELINE_RESPONSES = 100
BASELINE_MONTHS = 3


@dataclass(frozen=True)
class Baseline:
    range: Range
    counts: dict[str, int]


def first_month(months: Months) -> date | None:
    return min((month for month, counts in months.items() if counts.get("n", 0) > 0), default=None)


def baseline_of(months: Months, today: date) -> Baseline | None:
    """The first whole months that have 100 answers together, and at most the first three,
    once they are over. None until then."""
    found = baseline_range(months)
    if found is None or found.end > today:
        return None
    return Baseline(found, _over(months, found))


def baseline_range(months: Months) -> Range | None:
    """The days of the baseline, or those it will have as things stand. None without answers."""
    start = first_month(months)
    if start is None:
        return None
    lengths = [Range(start, month_after(start, 1 + more)) for more in range(BASELINE_MONTHS)]
    enough = [days for days in lengths if _over(months, days).get("n", 0) >= BASELINE_RESPONSES]
    return (enough or lengths[-1:])[0]


def trend_from(first_day: date) -> date:
    """From when on a trend may be spoken of: a year after the first answer."""
    try:
        return first_day.replace(year=first_day.year + 1)
    except ValueError:
        return date(first_day.year + 1, 3, 1)  # 29 February


def trend(months: Months, end: date, scale: str) -> Trend | None:
    """A straight line through the twelve whole months before `end`, each weighed by how
    sure it is. None when the survey had not begun by the first of them, and with fewer than
    three months that have answers."""
    last = end.replace(day=1)
    wanted = Range(month_after(last, -TREND_MONTHS), last)
    start = first_month(months)
    if start is None or wanted.first < start:
        return None
    points = [
        (float(place), *found)
        for place, month in enumerate(_each(wanted))
        if (found := weighed(by_point(months.get(month, {}), scale), scale))
    ]
    slope = trend_of(points)
    if slope is None:
        return None
    return {
        **shown_days(wanted),
        "months": len(points),
        "per_month": slope.per_step,
        "low": slope.low,
        "high": slope.high,
        "p": slope.p,
        "direction": _direction(slope),
    }


def _direction(slope: Slope) -> Direction:
    if slope.p >= SIGNIFICANT:
        return "no_clear_trend"
    return "up" if slope.per_step > 0 else "down"


def _over(months: Months, asked: Range) -> dict[str, int]:
    return total(counts for month, counts in months.items() if month in asked)


def _each(months: Range) -> list[date]:
    found, month = [], months.first
    while month < months.end:
        found.append(month)
        month = month_after(month)
    return found
