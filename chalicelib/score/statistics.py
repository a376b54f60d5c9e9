"""NPS and its uncertainty, in points from -100 to 100. Unrounded; nobody asked is None."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z95 = 1.959963984540054
TOO_FEW = 10
EARLY = 30


class Reading(StrEnum):
    """How far a number may be trusted, by the count of answers behind it."""

    TOO_FEW = "too_few"
    EARLY = "early"
    STEADY = "steady"


@dataclass(frozen=True)
class Interval:
    low: float
    high: float


def nps(detractors: int, passives: int, promoters: int) -> float | None:
    """Share of promoters less share of detractors (Reichheld 2003)."""
    answers = detractors + passives + promoters
    return 100 * (promoters - detractors) / answers if answers else None


def nps_interval(detractors: int, passives: int, promoters: int) -> Interval | None:
    """95 % adjusted Wald: three pseudo answers (3/4, 3/2, 3/4) are added, then Wald on the
    -1/0/+1 coding, cut to the scale (Rocks 2016, arXiv 1601.07235)."""
    if not detractors + passives + promoters:
        return None
    low, middle, high = detractors + 0.75, passives + 1.5, promoters + 0.75
    answers = low + middle + high
    centre = (high - low) / answers
    error = sqrt(((high + low) / answers - centre * centre) / answers)
    return Interval(
        max(-100.0, 100 * (centre - Z95 * error)), min(100.0, 100 * (centre + Z95 * error))
    )


def reading(answers: int) -> Reading:
    if answers < TOO_FEW:
        return Reading.TOO_FEW
    return Reading.EARLY if answers < EARLY else Reading.STEADY
