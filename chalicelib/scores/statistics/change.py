"""Tests of a change: of an NPS, a share, a mean, and of a trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from chalicelib.scores.statistics.association import newcombe
from chalicelib.scores.statistics.intervals import Z95, Mean, mean_of, nps_error
from chalicelib.scores.statistics.student import t_quantile, t_two_sided

SIGNIFICANT = 0.05
ENOUGH_TO_COMPARE = 20
POINTS_OF_A_TREND = 3

Bands = tuple[int, int, int]
Share = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """`difference` is after less before, with its 95 % interval. `statistic` is z or t. `p`
    is two-sided."""

    difference: float
    low: float
    high: float
    statistic: float
    p: float


@dataclass(frozen=True)
class Slope:
    """`per_step` is the gain for each 1 of x, with its 95 % interval. `p` is two-sided."""

    per_step: float
    low: float
    high: float
    p: float


def is_clear(change_p: float, n_before: int, n_after: int) -> bool:
    """When several things are tested, `change_p` is the p adjusted by Holm."""
    return change_p < SIGNIFICANT and min(n_before, n_after) >= ENOUGH_TO_COMPARE


def nps_change(before: Bands, after: Bands) -> Change | None:
    """In points, from (detractors, passives, promoters). Each side has its own three pseudo
    answers, z = difference / sqrt(se1^2 + se2^2) (measuringu.com/nps-significance-test). The
    difference is between the adjusted centres, in the middle of its interval. It differs a
    little from the difference of the two scores shown."""
    old, new = nps_error(*before), nps_error(*after)
    if old is None or new is None:
        return None
    difference = new.centre - old.centre
    error = sqrt(old.error**2 + new.error**2)
    z = difference / error
    return Change(difference, difference - Z95 * error, difference + Z95 * error, z, _p_of(z))


def share_change(before: Share, after: Share) -> Change | None:
    """From -1 to 1, from (count, answers). Interval: Newcombe 1998, method 10. z and p: the
    pooled two-proportion test (Fleiss, Levin and Paik 2003, ch. 3, without the continuity
    correction). All or none on both sides is no change, p = 1. The two methods may disagree
    when p is close to 0.05; p decides."""
    found = newcombe(*after, *before)
    if found is None:
        return None
    (old, asked), (new, asked_after) = before, after
    pooled = (old + new) / (asked + asked_after)
    variance = pooled * (1 - pooled) * (1 / asked + 1 / asked_after)
    z = found.value / sqrt(variance) if variance else 0.0
    return Change(found.value, found.low, found.high, z, _p_of(z))


def mean_change(before_counts: Mapping[int, int], after_counts: Mapping[int, int]) -> Change | None:
    """In points of the scale, from {point: count}. Welch's t with the df of Welch and
    Satterthwaite (Welch 1947, Biometrika 34:28). None when a side has fewer than two answers,
    or when neither side has a spread."""
    old, old_part = _part_of(mean_of(before_counts), sum(before_counts.values()))
    new, new_part = _part_of(mean_of(after_counts), sum(after_counts.values()))
    if old is None or new is None or not old_part + new_part:
        return None
    freedom = (old_part + new_part) ** 2 / (
        old_part**2 / (sum(before_counts.values()) - 1)
        + new_part**2 / (sum(after_counts.values()) - 1)
    )
    difference, error = new - old, sqrt(old_part + new_part)
    reach = t_quantile(0.975, freedom) * error
    t = difference / error
    return Change(difference, difference - reach, difference + reach, t, t_two_sided(t, freedom))


def _part_of(mean: Mean | None, answers: int) -> tuple[float | None, float]:
    """The mean of a side, and its part of the variance of the difference."""
    if mean is None or mean.sd is None:
        return None, 0.0
    return mean.value, mean.sd**2 / answers


def holm(ps: Sequence[float]) -> list[float]:
    """Adjusted p values in the order given: the k-th smallest of m times m - k + 1, never
    below the one before it, at most 1 (Holm 1979, Scand J Stat 6:65)."""
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = highest
    return adjusted


def trend_of(points: Sequence[tuple[float, float, float]]) -> Slope | None:
    """Slope through (x, value, standard error), each weighted by 1/error^2, with variance
    1 / sum(w (x - mean x)^2) (least squares with known variances, Bevington and Robinson
    2003, ch. 6). None for fewer than three points, when all x are the same, or when an error is
    zero."""
    if len(points) < POINTS_OF_A_TREND or min(error for _, _, error in points) <= 0:
        return None
    if len({x for x, _, _ in points}) == 1:
        return None
    weighted = [(x, value, 1 / error**2) for x, value, error in points]
    whole = sum(weight for _, _, weight in weighted)
    middle = sum(weight * x for x, _, weight in weighted) / whole
    spread = sum(weight * (x - middle) ** 2 for x, _, weight in weighted)
    slope = sum(weight * (x - middle) * value for x, value, weight in weighted) / spread
    reach = Z95 / sqrt(spread)
    return Slope(slope, slope - reach, slope + reach, _p_of(slope * sqrt(spread)))


def _p_of(z: float) -> float:
    return erfc(abs(z) / sqrt(2))
