"""A goal for upward movement: how far a metric is to rise, and by when. Pure.

It is reached only when the low end of the interval is at the target: one good week is none.
A response rate is a count of everybody asked and has no interval, so there the rate decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from chalicelib.periods import Range, up_to
from chalicelib.scores.history import Baseline
from chalicelib.scores.metric import by_point, score_of
from chalicelib.scores.statistics.intervals import EARLY, Interval, reading
from chalicelib.scores.summary import response_rate, shown_days, shown_interval
from chalicelib.surveys.scale import Scale

ENOUGH_ASKED = EARLY
Shown = dict[str, Any]


class Metric(StrEnum):
    """`score` is the survey's own: NPS, CSAT, CES or the share of yes."""

    SCORE = "score"
    RESPONSE_RATE = "response_rate"


class Status(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    TOO_FEW = "too_few"


# The lowest and the highest target there can be.
TARGETS = {
    Scale.NPS: (-100.0, 100.0),
    Scale.CSAT: (0.0, 100.0),
    Scale.CES: (1.0, 7.0),
    Scale.THUMBS: (0.0, 100.0),
}


@dataclass(frozen=True)
class Goal:
    """`target` in points of the score, or a share from 0 to 1; `by` is the last day."""

    id: str
    survey: str
    metric: Metric
    target: float
    by: date
    created_at: datetime


@dataclass(frozen=True)
class Measured:
    """`value` is None without an answer, or without anybody asked."""

    value: float | None
    interval: Interval | None
    reading: str
    counts: Mapping[str, int]


def targets_of(metric: Metric, scale: str) -> tuple[float, float]:
    return TARGETS[Scale(scale)] if metric is Metric.SCORE else (0.0, 1.0)


def span_of(goal: Goal, today: date) -> Range:
    """The 90 days that count: up to today, or up to the goal's last day once that is past."""
    return up_to(min(today, goal.by))


def is_open(goal: Goal, today: date) -> bool:
    return today <= goal.by


def measured(metric: Metric, counts: Mapping[str, int], scale: str) -> Measured:
    if metric is Metric.RESPONSE_RATE:
        asked = counts.get("asked", 0)
        few = "too_few" if asked < ENOUGH_ASKED else "steady"
        return Measured(response_rate(counts)["response_rate"], None, few, counts)
    answers = by_point(counts, scale)
    score = score_of(answers, scale)
    read = reading(sum(answers.values())).value
    value, between = (score.value, score.interval) if score else (None, None)
    return Measured(value, between, read, counts)


def baseline_value(metric: Metric, baseline: Baseline | None, scale: str) -> float | None:
    """What a goal has to lie above. None while there are too few to say."""
    found = measured(metric, baseline.counts, scale) if baseline else None
    return found.value if found and found.reading != Status.TOO_FEW else None


def status_of(target: float, found: Measured) -> Status:
    if found.value is None or found.reading == Status.TOO_FEW:
        return Status.TOO_FEW
    sure = found.interval.low if found.interval else found.value
    if sure >= target:
        return Status.REACHED
    return Status.ON_COURSE if found.value >= target else Status.BEHIND


def needed(target: float, found: Measured) -> float | None:
    """None while there are too few to say."""
    if found.value is None or found.reading == Status.TOO_FEW:
        return None
    return max(0.0, target - found.value)


def progress(
    goal: Goal, counts: Mapping[str, int], baseline: Baseline | None, scale: str, today: date
) -> Shown:
    """`counts` are those of `span_of` the goal."""
    found = measured(goal.metric, counts, scale)
    return {
        "id": goal.id,
        "metric": goal.metric.value,
        "target": goal.target,
        "by": goal.by.isoformat(),
        "days_left": max(0, (goal.by - today).days),
        "baseline": _baseline(goal.metric, baseline, scale),
        "now": shown_days(span_of(goal, today))
        | _counts(counts)
        | {
            "value": found.value,
            "interval": shown_interval(found.interval),
            "reading": found.reading,
        },
        "status": status_of(goal.target, found).value,
        "needed": needed(goal.target, found),
    }


def _baseline(metric: Metric, baseline: Baseline | None, scale: str) -> Shown | None:
    if baseline is None:
        return None
    value = baseline_value(metric, baseline, scale)
    return shown_days(baseline.range) | _counts(baseline.counts) | {"value": value}


def _counts(counts: Mapping[str, int]) -> Shown:
    return {
        "responses": counts.get("n", 0),
        "asked": counts.get("asked", 0),
        "answered": counts.get("answered", 0),
    }
