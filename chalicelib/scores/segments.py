"""A survey split by one of its segments. Each value is compared with its own past and with
the rest of the survey. The rows are in the order of the values' names, never of scores."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from chalicelib.errors import Conflict, FieldError
from chalicelib.periods import Range, Step, edges, month_after, whole_months
from chalicelib.scores.compare import adjust_together, compared, without
from chalicelib.scores.metric import ByPoint, by_point
from chalicelib.scores.report import ScoreRange
from chalicelib.scores.schemas import SegmentScores
from chalicelib.scores.summary import summary, total
from chalicelib.tally.store import Part, Sums, TallyStore, days_of, months_of, range_of

MOST_VALUES = 100
# Of fewer answers a value has no row of its own.
FEWEST = 5
OTHER = "other"
Counts = dict[str, int]
Sides = tuple[Counts, Counts]


def split(score_range: ScoreRange, dimension: str, tallies: TallyStore) -> list[SegmentScores]:
    """Raises Conflict when there are more values than can be read in one request."""
    counts = tallies.over(score_range.survey, score_range.range, Step.MONTH).values()
    whole = by_point(total(counts), score_range.scale)
    months = _months(score_range, dimension, tallies)
    tallies.read_ahead(_edges_of(score_range, dimension, months))
    folded = _folded(_sides(score_range, dimension, months, tallies))
    rows = [_row(score_range, dimension, value, whole, *folded[value]) for value in sorted(folded)]
    adjust_together([row["gap"] for row in rows])
    adjust_together([row["change"] for row in rows if row["change"]])
    return rows


def month_by_month(
    score_range: ScoreRange, dimension: str, values: Collection[str], tallies: TallyStore
) -> dict[str, list[tuple[ByPoint, ByPoint]]]:
    """Of each value that `split` has a row of: the answers of everybody else and its own, in each
    whole month of the range."""
    months = _months(score_range, dimension, tallies)
    whole = tallies.over(score_range.survey, score_range.range, Step.MONTH)
    few = [value for value in months if value not in values or value == OTHER]

    def sides(month: date, of: Iterable[str]) -> tuple[ByPoint, ByPoint]:
        everybody = by_point(whole[month], score_range.scale)
        own = by_point(total(months[one].get(month, {}) for one in of), score_range.scale)
        return without(everybody, own), own

    return {
        value: [sides(month, few if value == OTHER else [value]) for month in whole]
        for value in values
    }


def _months(score_range: ScoreRange, dimension: str, tallies: TallyStore) -> dict[str, Sums]:
    """The months of each value that has counts in the range or in its past. One query."""
    values = tallies.months(score_range.survey, dimension, *_months_around(score_range))
    if len(values) > MOST_VALUES:
        detail = f"{dimension} has {len(values)} values; at most {MOST_VALUES} are shown at once."
        raise Conflict([FieldError("by", "too_many_values", detail + " Name one as `segment`.")])
    return values


def parts_of(score_range: ScoreRange, dimension: str) -> list[Part]:
    """What `split` reads of all values."""
    whole = range_of(score_range.survey, score_range.range, Step.MONTH)
    return [*whole, months_of(score_range.survey, dimension, *_months_around(score_range))]


def parts_by_value(
    known: ScoreRange, score_range: ScoreRange, dimension: str, tallies: TallyStore
) -> list[Part]:
    """What `split` of `score_range` reads beyond `parts_of(known)`, which was read."""
    values = tallies.months(known.survey, dimension, *_months_around(known))
    if len(values) > MOST_VALUES:
        return []
    return [*parts_of(score_range, dimension), *_edges_of(score_range, dimension, values)]


def _spans(score_range: ScoreRange) -> list[Range]:
    return [score_range.range, *([score_range.against] if score_range.against else [])]


def _months_around(score_range: ScoreRange) -> tuple[date, date]:
    spans = _spans(score_range)
    first, last = min(span.first for span in spans), max(span.end for span in spans)
    return first.replace(day=1), month_after(last, 0 if last.day == 1 else 1)


def _edges_of(score_range: ScoreRange, dimension: str, months: dict[str, Sums]) -> list[Part]:
    return [
        days_of(score_range.survey, edge.first, edge.end, f"{dimension}={value}")
        for value, counted in months.items()
        for span in _spans(score_range)
        for edge in _counted_edges(span, counted)
    ]


def _counted_edges(days: Range, months: Sums) -> list[Range]:
    """Most values have no counts in most edges: those are not read."""
    return [edge for edge in edges(days) if any(_touches(edge, month) for month in months)]


def _sides(
    score_range: ScoreRange, dimension: str, months: Mapping[str, Sums], tallies: TallyStore
) -> dict[str, Sides]:
    """The counts of each value in the range, and in the one before."""
    past = score_range.against if score_range.tells_change else None

    def over(days: Range | None, value: str) -> Counts:
        segment = f"{dimension}={value}"
        return _counts(score_range, days, segment, months[value], tallies) if days else {}

    return {value: (over(score_range.range, value), over(past, value)) for value in months}


def _folded(sides: Mapping[str, Sides]) -> dict[str, Sides]:
    """Those of few answers stand together: so few soon tell of somebody."""
    few = {value for value, (now, _) in sides.items() if now.get("n", 0) < FEWEST}
    kept = {value: both for value, both in sides.items() if value not in few}
    if few:
        together = [*(sides[value] for value in few), *([kept[OTHER]] if OTHER in kept else [])]
        kept[OTHER] = total(now for now, _ in together), total(before for _, before in together)
    return kept


def _row(
    score_range: ScoreRange,
    dimension: str,
    value: str,
    whole: dict[int, int],
    counts: Counts,
    before: Counts,
) -> SegmentScores:
    points, past = by_point(counts, score_range.scale), by_point(before, score_range.scale)
    tells = score_range.against and score_range.tells_change
    return {
        "segment": dimension,
        "value": value,
        **summary(counts, score_range.scale),
        "gap": compared(without(whole, points), points, score_range.scale),
        "change": compared(past, points, score_range.scale) if tells else None,
    }


def _counts(
    score_range: ScoreRange, days: Range, segment: str, months: Sums, tallies: TallyStore
) -> dict[str, int]:
    inner = whole_months(days)
    parts = [counts for month, counts in months.items() if inner and month in inner]
    for edge in _counted_edges(days, months):
        parts += tallies.days(score_range.survey, edge.first, edge.end, segment).values()
    return total(parts)


def _touches(edge: Range, month: date) -> bool:
    return month < edge.end and edge.first < month_after(month)
