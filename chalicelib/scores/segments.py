"""A survey split by one of its segments: each value beside its own past and beside the rest.
In the order of the values' names, whatever their scores."""

from datetime import date

from chalicelib.errors import Conflict, FieldError
from chalicelib.periods import Range, Step, edges, month_after, whole_months
from chalicelib.scores.compare import adjust_together, compared, without
from chalicelib.scores.metric import by_point
from chalicelib.scores.report import ScoreRange
from chalicelib.scores.schemas import SegmentScores
from chalicelib.scores.summary import summary, total
from chalicelib.tally.store import Sums, TallyStore

MOST_VALUES = 100


def split(asked: ScoreRange, dimension: str, tallies: TallyStore) -> list[SegmentScores]:
    """Raises Conflict when there are more values than can be read in one request."""
    counts = tallies.over(asked.survey, asked.range, Step.MONTH).values()
    whole = by_point(total(counts), asked.scale)
    months = _months(asked, dimension, tallies)
    rows = [
        _row(asked, dimension, value, whole, months[value], tallies) for value in sorted(months)
    ]
    adjust_together([row["gap"] for row in rows])
    adjust_together([row["change"] for row in rows if row["change"]])
    return rows


def _months(asked: ScoreRange, dimension: str, tallies: TallyStore) -> dict[str, Sums]:
    """Every value that the range or its past knows, with its months: one query."""
    spans = [asked.range, *([asked.against] if asked.against else [])]
    first, last = min(span.first for span in spans), max(span.end for span in spans)
    end = month_after(last, 0 if last.day == 1 else 1)
    values = tallies.months(asked.survey, dimension, first.replace(day=1), end)
    if len(values) > MOST_VALUES:
        detail = f"{dimension} has {len(values)} values; at most {MOST_VALUES} are shown at once."
        raise Conflict([FieldError("by", "too_many_values", detail + " Name one as `segment`.")])
    return values


def _row(
    asked: ScoreRange,
    dimension: str,
    value: str,
    whole: dict[int, int],
    months: Sums,
    tallies: TallyStore,
) -> SegmentScores:
    segment = f"{dimension}={value}"
    counts = _counts(asked, asked.range, segment, months, tallies)
    points = by_point(counts, asked.scale)
    change = None
    if asked.against:
        past = by_point(_counts(asked, asked.against, segment, months, tallies), asked.scale)
        change = compared(past, points, asked.scale)
    return {
        "segment": dimension,
        "value": value,
        **summary(counts, asked.scale),
        "gap": compared(without(whole, points), points, asked.scale),
        "change": change,
    }


def _counts(
    asked: ScoreRange, days: Range, segment: str, months: Sums, tallies: TallyStore
) -> dict[str, int]:
    inner = whole_months(days)
    parts = [counts for month, counts in months.items() if inner and month in inner]
    # Of most values, most edges are known to be empty.
    counted = [edge for edge in edges(days) if any(_touches(edge, month) for month in months)]
    for edge in counted:
        parts += tallies.days(asked.survey, edge.first, edge.end, segment).values()
    return total(parts)


def _touches(edge: Range, month: date) -> bool:
    return month < edge.end and edge.first < month_after(month)
