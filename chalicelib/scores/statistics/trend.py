"""A straight line through the answers of some months, whatever their number in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from chalicelib.scores.statistics.exact import normal_p
from chalicelib.scores.statistics.intervals import Ends, pseudo_answers
from chalicelib.scores.statistics.student import t_quantile, t_two_sided

POINTS_OF_A_TREND = 3

# The place of a month in time, and its answers by value.
Month = tuple[int, Mapping[int, int]]
Weighed = Sequence[tuple[float, Mapping[float, float]]]


@dataclass(frozen=True)
class Slope:
    """`per_step` is the gain for each 1 of x, with its 95 % interval. `p` is two-sided."""

    per_step: float
    low: float
    high: float
    p: float


def trend_of(months: Sequence[Month], ends: Ends) -> Slope | None:
    """`p` is the larger of two: linear by linear association, with the variance over all ways
    to deal the answers to the months (Mantel 1963, JASA 58:690), which no pattern of volume
    moves; and that of the slope. The slope is least squares over single answers, with three
    pseudo answers spread over the months as the answers are, and the error HC3, which holds
    under unequal variance (MacKinnon and White 1985, J Econometrics 29:305). None for fewer
    than three months with answers."""
    counted = [(x, counts) for x, counts in months if sum(counts.values())]
    if len(counted) < POINTS_OF_A_TREND or len({x for x, _ in counted}) == 1:
        return None
    slope, error, freedom = _slope(_with_pseudo_answers(counted, ends))
    reach = t_quantile(0.975, freedom) * error
    p = max(_association_p(counted), t_two_sided(slope / error, freedom))
    return Slope(slope, slope - reach, slope + reach, p)


def _association_p(months: Sequence[Month]) -> float:
    answers = sum(sum(counts.values()) for _, counts in months)
    # In whole numbers: when all answers agree, nothing is associated, whatever the volume.
    xs = [(x, sum(counts.values())) for x, counts in months]
    values = [(v, count) for _, counts in months for v, count in counts.items()]
    together = sum(x * v * count for x, counts in months for v, count in counts.items())
    moved = answers * together - _sum(xs) * _sum(values)
    spread = _spread(xs, answers) * _spread(values, answers)
    return normal_p(moved / sqrt(spread / (answers - 1))) if spread else 1.0


def _sum(counts: Sequence[tuple[int, int]]) -> int:
    return sum(value * count for value, count in counts)


def _spread(counts: Sequence[tuple[int, int]], answers: int) -> int:
    return answers * sum(v * v * count for v, count in counts) - _sum(counts) ** 2


def _with_pseudo_answers(months: Sequence[Month], ends: Ends) -> Weighed:
    answers = sum(sum(counts.values()) for _, counts in months)
    # Each month has them by its share of the answers, so they have no slope of their own.
    weighed = []
    for x, counts in months:
        share = sum(counts.values()) / answers
        more = {value: share * count for value, count in pseudo_answers(ends).items()}
        mixed = {v: counts.get(int(v), 0) + more.get(v, 0) for v in {*map(float, counts), *more}}
        weighed.append((float(x), mixed))
    return weighed


def _slope(months: Weighed) -> tuple[float, float, float]:
    """The slope, its error and the degrees of freedom."""
    weights = [(x, sum(counts.values())) for x, counts in months]
    whole = sum(weight for _, weight in weights)
    middle = sum(x * weight for x, weight in weights) / whole
    spread = sum(weight * (x - middle) ** 2 for x, weight in weights)
    mean = sum(v * count for _, counts in months for v, count in counts.items()) / whole
    slope = (
        sum((x - middle) * v * count for x, counts in months for v, count in counts.items())
        / spread
    )
    variance = 0.0
    for x, counts in months:
        fitted, leverage = mean + slope * (x - middle), 1 / whole + (x - middle) ** 2 / spread
        squares = sum(count * (v - fitted) ** 2 for v, count in counts.items())
        variance += squares * ((x - middle) / (1 - leverage)) ** 2
    return slope, sqrt(variance) / spread, whole - 2
