"""The scores of a survey over a range of days, from its tallies: the whole, each period,
each segment, and how it compares with the survey's own past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.periods import Range, Step, month_after, periods_of
from chalicelib.scores.compare import compared
from chalicelib.scores.history import Months, baseline_of, first_month, trend, trend_from
from chalicelib.scores.metric import by_point
from chalicelib.scores.schemas import Period, ScoreChange, ScoreParts, Trend, Wins
from chalicelib.scores.summary import summary, total
from chalicelib.scores.wins import wins
from chalicelib.tally.store import Sums, TallyStore
from chalicelib.tally.tally import ALL, JUDGED, LOOP
from chalicelib.web.days import shown_days

HELD = "held|"


@dataclass(frozen=True)
class ScoreRange:
    """`segment` is `all` or `name=value`; `against` the earlier range to compare with, if
    any; `today` is a day of the survey's zone."""

    survey: str
    scale: str
    range: Range
    step: Step
    today: date
    segment: str = ALL
    against: Range | None = None


def scores(asked: ScoreRange, tallies: TallyStore, months: Months) -> ScoreParts:
    """`months` are all that the survey has, of everybody."""
    parts = _counts(asked, tallies)
    whole = _summed(parts.values(), asked)
    ready = _trend_from(asked, tallies, months)
    return {
        **summary(whole, asked.scale),
        "change": _change(asked, tallies, whole),
        "trend": _trend(asked, months, ready),
        "trend_from": ready.isoformat() if ready else None,
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


def _counts(asked: ScoreRange, tallies: TallyStore) -> Sums:
    """With what the judge holds, by the day of asking; a segment does not know its own."""
    parts = _over(asked, tallies, asked.segment)
    if asked.segment != ALL:
        return parts
    for day, judged in _over(asked, tallies, JUDGED).items():
        parts.setdefault(day, {})["held"] = held_in(judged)
    return parts


def _summed(parts: Iterable[Mapping[str, int]], asked: ScoreRange) -> dict[str, int]:
    # Of everybody, none held is 0 also where nothing was counted at all.
    return total([{"held": 0} if asked.segment == ALL else {}, *parts])


def _over(asked: ScoreRange, tallies: TallyStore, segment: str) -> Sums:
    return tallies.over(asked.survey, asked.range, asked.step, segment)


def _change(asked: ScoreRange, tallies: TallyStore, whole: Mapping[str, int]) -> ScoreChange | None:
    past = asked.against
    if past is None:
        return None
    before = total(tallies.over(asked.survey, past, Step.MONTH, asked.segment).values())
    points = by_point(before, asked.scale), by_point(whole, asked.scale)
    return {**shown_days(past), **compared(*points, asked.scale)}


def _trend_from(asked: ScoreRange, tallies: TallyStore, months: Months) -> date | None:
    """None without an answer."""
    start = first_month(months)
    if start is None:
        return None
    days = tallies.days(asked.survey, start, month_after(start))
    first = min((day for day, counts in days.items() if counts.get("n", 0) > 0), default=start)
    return trend_from(first)


def _trend(asked: ScoreRange, months: Months, ready: date | None) -> Trend | None:
    """Through no month that is not over."""
    if ready is None or ready > asked.today or asked.segment != ALL:
        return None
    return trend(months, min(asked.range.end, asked.today), asked.scale)


def _wins(asked: ScoreRange, tallies: TallyStore, whole: Mapping[str, int]) -> Wins:
    # Tasks are counted for the whole survey: of one segment nobody knows the loops closed.
    loop = total(_over(asked, tallies, LOOP).values()) if asked.segment == ALL else None
    return wins(whole, loop)


def _period(period: Range, parts: Sums, asked: ScoreRange) -> Period:
    counts = _summed((counts for day, counts in parts.items() if day in period), asked)
    return {**shown_days(period), **summary(counts, asked.scale)}
