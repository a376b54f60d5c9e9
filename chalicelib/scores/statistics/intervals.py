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
PSEUDO_ANSWERS = 3

# The lowest and the highest value of a scale.
Ends = tuple[float, float]


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
    """A score after the pseudo answers, and its standard error, both in points."""

    centre: float
    error: float


@dataclass(frozen=True)
class Mean:
    """`sd` is None for a single answer. `adjusted` is the mean after the pseudo answers."""

    value: float
    sd: float | None
    interval: Interval
    adjusted: Adjusted


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


def mean_of(counts: Mapping[int, int], ends: Ends) -> Mean | None:
    """Mean of the points, sd with n - 1. Interval: after the pseudo answers, mean -+ t(0.975,
    n + 2) sqrt(variance / (n + 3)), cut to the scale. Student's plain interval is empty when all
    agree, and covers 80 % of ten skewed answers; the pseudo answers are those of an NPS (Rocks
    2016), as for a share (Agresti and Coull 1998, Am Stat 52:119). `make bench` shows both."""
    answers = sum(counts.values())
    if not answers:
        return None
    total = sum(point * count for point, count in counts.items())
    # In whole numbers, so that the spread is exactly 0 when all answers agree.
    squares = sum(point * point * count for point, count in counts.items())
    spread = answers * squares - total * total
    sd = sqrt(spread / (answers * (answers - 1))) if answers > 1 else None
    found = _adjusted_mean(counts, ends)
    half = t_quantile(0.975, answers + PSEUDO_ANSWERS - 1) * found.error
    low, high = max(ends[0], found.centre - half), min(ends[1], found.centre + half)
    return Mean(total / answers, sd, Interval(low, high), found)


def pseudo_answers(ends: Ends) -> dict[float, float]:
    """Three answers: a quarter of them at each end of the scale, the rest in its middle."""
    low, high = ends
    return {low: 0.75, (low + high) / 2: 1.5, high: 0.75}


def _adjusted_mean(counts: Mapping[int, int], ends: Ends) -> Adjusted:
    answers = [*counts.items(), *pseudo_answers(ends).items()]
    weight = sum(count for _, count in answers)
    centre = sum(point * count for point, count in answers) / weight
    variance = sum(count * (point - centre) ** 2 for point, count in answers) / weight
    return Adjusted(centre, sqrt(variance / weight))


def reading(answers: int) -> Reading:
    if answers < TOO_FEW:
        return Reading.TOO_FEW
    return Reading.EARLY if answers < EARLY else Reading.STEADY
