"""Tests of a change: of an NPS, a share, a mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from chalicelib.scores.statistics.association import newcombe
from chalicelib.scores.statistics.exact import mid_p, normal_p, permutation_p
from chalicelib.scores.statistics.intervals import (
    PSEUDO_ANSWERS,
    Z95,
    Adjusted,
    Ends,
    mean_of,
    nps_error,
)
from chalicelib.scores.statistics.student import t_two_sided

SIGNIFICANT = 0.05
ENOUGH_TO_COMPARE = 20

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
    return Change(difference, difference - Z95 * error, difference + Z95 * error, z, normal_p(z))


def share_change(before: Share, after: Share) -> Change | None:
    """From -1 to 1, from (count, answers). Interval: Newcombe 1998, method 10. z: the pooled
    two-proportion test (Fleiss, Levin and Paik 2003, ch. 3). p: exact, because z cries wolf
    where a side is small and the share near its end. All or none on both sides is no change,
    p = 1. Interval and p may disagree when p is close to 0.05; p decides."""
    found = newcombe(*after, *before)
    if found is None:
        return None
    (old, asked), (new, asked_after) = before, after
    pooled = (old + new) / (asked + asked_after)
    variance = pooled * (1 - pooled) * (1 / asked + 1 / asked_after)
    z = found.value / sqrt(variance) if variance else 0.0
    return Change(found.value, found.low, found.high, z, mid_p(*before, *after))


def mean_change(
    before_counts: Mapping[int, int], after_counts: Mapping[int, int], ends: Ends
) -> Change | None:
    """In points of the scale, from {point: count}. Interval: from those of both means (Zou and
    Donner 2008, Stat Med 27:1693), so it stays on the scale and is never empty. t: Welch's
    (1947, Biometrika 34:28), of the means after their pseudo answers. p: the larger of its p and
    that of all ways to deal the answers."""
    old, new = mean_of(before_counts, ends), mean_of(after_counts, ends)
    if old is None or new is None:
        return None
    difference = new.value - old.value
    below = hypot(new.value - new.interval.low, old.interval.high - old.value)
    above = hypot(new.interval.high - new.value, old.value - old.interval.low)
    t, p = _welch((old.adjusted, _weight(before_counts)), (new.adjusted, _weight(after_counts)))
    p = max(p, permutation_p(before_counts, after_counts))
    return Change(difference, difference - below, difference + above, t, p)


def _weight(counts: Mapping[int, int]) -> int:
    return sum(counts.values()) + PSEUDO_ANSWERS


def _welch(old: tuple[Adjusted, int], new: tuple[Adjusted, int]) -> tuple[float, float]:
    """t and its p, from means and their weights."""
    parts = [(found.error**2, weight) for found, weight in (old, new)]
    variance = sum(part for part, _ in parts)
    freedom = variance**2 / sum(part**2 / (weight - 1) for part, weight in parts)
    t = (new[0].centre - old[0].centre) / sqrt(variance)
    return t, t_two_sided(t, freedom)


def holm(ps: Sequence[float]) -> list[float]:
    """Adjusted p values in the order given: the k-th smallest of m times m - k + 1, never
    below the one before it, at most 1 (Holm 1979, Scand J Stat 6:65)."""
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = highest
    return adjusted
