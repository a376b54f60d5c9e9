"""A goal: how far a metric is to rise, and by which day. Pure.

A goal is reached when the low end of the interval is at the target, so one good week is not
enough. A response rate counts everybody asked and has no interval, so the rate itself decides.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from chalicelib.periods import Range, up_to
from chalicelib.scores.history import Baseline
from chalicelib.scores.metric import ENDS, by_point, score_of
from chalicelib.scores.statistics.intervals import EARLY, Interval, Reading, reading
from chalicelib.scores.summary import response_rate
from chalicelib.surveys.scale import Scale

ENOUGH_ASKED = EARLY


# `score` is the survey's own metric: NPS, CSAT, CES or the share of yes.
class Metric(StrEnum):
    SCORE = "score"
    RESPONSE_RATE = "response_rate"


class GoalStatus(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    TOO_FEW = "too_few"


class Goal(Struct, frozen=True):
    """`target` is in points of the score, or a share from 0 to 1. `by` is the last day."""

    id: str
    survey: str
    metric: Metric
    target: float
    by: date
    created_at: datetime
    changed_by: str | None = None


class Measured(Struct, frozen=True):
    """`value` is None without answers; for a response rate, when nobody was asked."""

    value: float | None
    interval: Interval | None
    reading: Reading
    counts: Mapping[str, int]


def targets_of(metric: Metric, scale: str) -> tuple[float, float]:
    return ENDS[Scale(scale)] if metric is Metric.SCORE else (0.0, 1.0)


def span_of(goal: Goal, today: date) -> Range:
    """The 90 days up to today, or up to the goal's last day once it is past."""
    return up_to(min(today, goal.by))


def is_open(goal: Goal, today: date) -> bool:
    return today <= goal.by


def measured(metric: Metric, counts: Mapping[str, int], scale: str) -> Measured:
    if metric is Metric.RESPONSE_RATE:
        asked = counts.get("asked", 0)
        enough = Reading.STEADY if asked >= ENOUGH_ASKED else Reading.TOO_FEW
        return Measured(response_rate(counts)["response_rate"], None, enough, counts)
    answers = by_point(counts, scale)
    score = score_of(answers, scale)
    value, between = (score.value, score.interval) if score else (None, None)
    return Measured(value, between, reading(sum(answers.values())), counts)


def baseline_value(metric: Metric, baseline: Baseline | None, scale: str) -> float | None:
    """A target must be higher than this value. None while there are too few to say."""
    found = measured(metric, baseline.counts, scale) if baseline else None
    return found.value if found and found.reading is not Reading.TOO_FEW else None


def status_of(target: float, found: Measured) -> GoalStatus:
    if found.value is None or found.reading is Reading.TOO_FEW:
        return GoalStatus.TOO_FEW
    sure = found.interval.low if found.interval else found.value
    if sure >= target:
        return GoalStatus.REACHED
    return GoalStatus.ON_COURSE if found.value >= target else GoalStatus.BEHIND


def needed(target: float, found: Measured) -> float | None:
    """How far the value is below the target, at least 0. None while there are too few."""
    if found.value is None or found.reading is Reading.TOO_FEW:
        return None
    return max(0.0, target - found.value)
