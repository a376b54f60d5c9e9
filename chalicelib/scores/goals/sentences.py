"""A sentence that tells where a goal stands. It never tells a cause. Pure."""

from datetime import date

from chalicelib.scores.goals.goal import (
    ENOUGH_ASKED,
    Goal,
    GoalStatus,
    Measured,
    Metric,
    is_open,
    needed,
    status_of,
)
from chalicelib.scores.sentences import counted, number, percent, points, points_within
from chalicelib.scores.statistics.intervals import TOO_FEW


def says(goal: Goal, found: Measured, scale: str, today: date) -> str:
    status, target = status_of(goal.target, found), _amount(goal.metric, goal.target, scale)
    over = "" if is_open(goal, today) else ", which is over"
    when = f"The goal is {target} by {goal.by.isoformat()}{over}."
    if status is GoalStatus.TOO_FEW:
        return f"{_too_few(goal.metric, found)} {when}"
    now = _now(goal.metric, found, scale)
    if status is GoalStatus.REACHED:
        return f"Reached: {now}. {when}"
    if status is GoalStatus.ON_COURSE:
        return f"On course: {now}; the low end is still below the goal. {when}"
    missing = _missing(goal.metric, needed(goal.target, found) or 0.0)
    return f"Behind: {now}; {missing} to go. {when}"


def _too_few(metric: Metric, found: Measured) -> str:
    if metric is Metric.RESPONSE_RATE:
        asked = counted(found.counts.get("asked", 0), "person", "people")
        return f"{asked} asked in these 90 days, too few to say: at least {ENOUGH_ASKED}."
    answers = counted(found.counts.get("n", 0), "answer")
    return f"{answers} in these 90 days, too few to say: at least {TOO_FEW}."


def _now(metric: Metric, found: Measured, scale: str) -> str:
    value, counts = found.value or 0.0, found.counts
    if metric is Metric.RESPONSE_RATE:
        asked, answered = counts.get("asked", 0), counts.get("answered", 0)
        return f"{percent(value, 1)}, {answered} of {asked} asked have answered so far"
    return f"{points_within(value, found.interval, scale)}, {counted(counts.get('n', 0), 'answer')}"


def _amount(metric: Metric, value: float, scale: str) -> str:
    if metric is Metric.RESPONSE_RATE:
        return percent(value, 1).replace(".0 ", " ")
    return points(value, scale) if value == round(value) else f"{number(value, 1)} points"


def _missing(metric: Metric, value: float) -> str:
    amount = 100 * value if metric is Metric.RESPONSE_RATE else value
    # A goal that is behind is never "0.0 points" away.
    shown = "less than 0.1" if amount < 0.05 else number(amount, 1)
    return f"{shown} {'percentage points' if metric is Metric.RESPONSE_RATE else 'points'}"
