"""The scores of a survey over a range of days, from its tallies: the whole, each period,
each segment, and how it compares with the survey's own past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.periods import Range, Step, month_after, periods_of
from chalicelib.scores.compare import compared
from chalicelib.scores.history import Months, baseline_of, first_month, trend, trend_from
from chalicelib.scores.metric import by_point
from chalicelib.scores.summary import shown_days, summary, total
from chalicelib.scores.wins import wins
from chalicelib.tally.store import Sums, TallyStore
from chalicelib.tally.tally import ALL, JUDGED, LOOP

HELD = "held|"
Shown = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """`segment` is `all` or `name=value`; `against` the earlier range to compare with, if
    any; `today` is a day of the survey's zone."""

    survey: str
    scale: str
    range: Range
    step: Step
    today: date
    segment: str = ALL
    against: Range | None = None


def scores(asked: Asked, tallies: TallyStore, months: Months) -> Shown:
    """`months` are all that the survey has, of everybody."""
    parts = _counts(asked, tallies)
    whole = _summed(parts.values(), asked)
    return {
        **shown_days(asked.range),
        "interval": asked.step.value,
        "segment": None if asked.segment == ALL else asked.segment,
        **summary(whole, asked.scale),
        "change": _change(asked, tallies, whole),
        **_course(asked, tallies, months),
        "wins": _wins(asked, tallies, whole),
        "periods": [
            _period(period, parts, asked) for period in periods_of(asked.range, asked.step)
        ],
    }


def range_against(against: str, asked: Range, months: Months, today: date) -> Range | None:
    """`previous`, `baseline` or `none` as days; None too when there is no baseline yet."""
    if against == "previous":
        return asked.previous
    baseline = baseline_of(months, today) if against == "baseline" else None
    return baseline.range if baseline else None


def held_in(judged: Mapping[str, int]) -> int:
    """Of the counts of the segment JUDGED."""
    return sum(count for field, count in judged.items() if field.startswith(HELD))


def _counts(asked: Asked, tallies: TallyStore) -> Sums:
    """With what the judge holds, by the day of asking; a segment does not know its own."""
    parts = _over(asked, tallies, asked.segment)
    if asked.segment != ALL:
        return parts
    for day, judged in _over(asked, tallies, JUDGED).items():
        parts.setdefault(day, {})["held"] = held_in(judged)
    return parts


def _summed(parts: Iterable[Mapping[str, int]], asked: Asked) -> dict[str, int]:
    """Of everybody, none held is 0 also where nothing was counted at all."""
    return total([{"held": 0} if asked.segment == ALL else {}, *parts])


def _over(asked: Asked, tallies: TallyStore, segment: str) -> Sums:
    return tallies.over(asked.survey, asked.range, asked.step, segment)


def _change(asked: Asked, tallies: TallyStore, whole: Mapping[str, int]) -> Shown | None:
    past = asked.against
    if past is None:
        return None
    before = total(tallies.over(asked.survey, past, Step.MONTH, asked.segment).values())
    points = by_point(before, asked.scale), by_point(whole, asked.scale)
    return shown_days(past) | compared(*points, asked.scale)


def _course(asked: Asked, tallies: TallyStore, months: Months) -> Shown:
    """The trend, through no month that is not over, and from when on there may be one."""
    start = first_month(months)
    if start is None:
        return {"trend": None, "trend_from": None}
    days = tallies.days(asked.survey, start, month_after(start))
    first = min((day for day, counts in days.items() if counts.get("n", 0) > 0), default=start)
    ready = trend_from(first)
    found = None
    if ready <= asked.today and asked.segment == ALL:
        found = trend(months, min(asked.range.end, asked.today), asked.scale)
    return {"trend": found, "trend_from": ready.isoformat()}


def _wins(asked: Asked, tallies: TallyStore, whole: Mapping[str, int]) -> Shown:
    """Tasks are counted for the whole survey: of one segment nobody knows the loops closed."""
    if asked.segment != ALL:
        return {"praise": whole.get("praise", 0), "loops_closed": None, "causes_fixed": None}
    return {**wins(whole, total(_over(asked, tallies, LOOP).values()))}


def _period(period: Range, parts: Sums, asked: Asked) -> Shown:
    counts = _summed((counts for day, counts in parts.items() if day in period), asked)
    return shown_days(period) | summary(counts, asked.scale)
