"""Scores and their intervals. NPS is in points from -100 to 100, shares are from 0 to 1, means
are in points of their scale. Nothing is rounded. Each interval is 95 %. None: no answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from chalicelib.scores.statistics.student import t_quantile

Z95 = 1.959963984540054
TOO_FEW = 10
EARLY = 30


# How far a number may be trusted, by its count of answers.
class Reading(StrEnum):
    TOO_FEW = "too_few"
    EARLY = "early"
    STEADY = "steady"


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True)
class Adjusted:
    """An NPS after the pseudo answers, and its standard error, both in points."""

    centre: float
    error: float


@dataclass(frozen=True)
class Mean:
    """`sd` and `interval` are None for a single answer."""

    value: float
    sd: float | None
    interval: Interval | None


def nps(detractors: int, passives: int, promoters: int) -> float | None:
    """In points: the share of promoters less the share of detractors (Reichheld 2003)."""
    answers = detractors + passives + promoters
    return 100 * (promoters - detractors) / answers if answers else None


def nps_interval(detractors: int, passives: int, promoters: int) -> Interval | None:
    """95 % adjusted Wald, cut to the scale (Rocks 2016, arXiv 1601.07235)."""
    found = nps_error(detractors, passives, promoters)
    return _points(found.centre, found.error) if found else None


def nps_error(detractors: int, passives: int, promoters: int) -> Adjusted | None:
    """Three pseudo answers (3/4, 3/2, 3/4) are added, then sqrt((p + d - (p - d)^2) / n) on
    the -1/0/+1 coding (Rocks 2016). Never zero, so 1/error^2 is always a weight."""
    if not detractors + passives + promoters:
        return None
    low, middle, high = detractors + 0.75, passives + 1.5, promoters + 0.75
    answers = low + middle + high
    centre = (high - low) / answers
    error = sqrt(((high + low) / answers - centre * centre) / answers)
    return Adjusted(100 * centre, 100 * error)


def _points(centre: float, error: float) -> Interval:
    return Interval(max(-100.0, centre - Z95 * error), min(100.0, centre + Z95 * error))


def wilson(successes: int, trials: int) -> Interval | None:
    """95 % score interval of a share, from 0 to 1 (Wilson 1927, JASA 22:209)."""
    if not trials:
        return None
    share, z2 = successes / trials, Z95 * Z95
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    spread = share * (1 - share) / trials + z2 / (4 * trials * trials)
    half = Z95 * sqrt(spread) / (1 + z2 / trials)
    return Interval(
        0.0 if successes == 0 else centre - half, 1.0 if successes == trials else centre + half
    )


def mean_of(counts: Mapping[int, int]) -> Mean | None:
    """Mean of the points, sd with n - 1, and mean -+ t(0.975, n - 1) sd / sqrt(n) (Student
    1908), not cut to the scale. When all answers agree, sd and width are 0."""
    answers = sum(counts.values())
    if not answers:
        return None
    total = sum(point * count for point, count in counts.items())
    value = total / answers
    if answers == 1:
        return Mean(value, None, None)
    # In whole numbers, so that the spread is exactly 0 when all answers agree.
    squares = sum(point * point * count for point, count in counts.items())
    sd = sqrt((answers * squares - total * total) / (answers * (answers - 1)))
    half = t_quantile(0.975, answers - 1) * sd / sqrt(answers)
    return Mean(value, sd, Interval(value - half, value + half))


def reading(answers: int) -> Reading:
    if answers < TOO_FEW:
        return Reading.TOO_FEW
    return Reading.EARLY if answers < EARLY else Reading.STEADY
