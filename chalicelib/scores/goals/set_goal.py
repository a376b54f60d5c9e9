"""Sets a goal when it fits the survey and its past."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from chalicelib import ids, moments
from chalicelib.errors import Conflict, FieldError, IdempotencyKeyReused, WriteRefused
from chalicelib.noting import about
from chalicelib.periods import LONGEST_RANGE
from chalicelib.scores.goals.goal import Goal, Metric, baseline_value, targets_of
from chalicelib.scores.goals.schemas import GoalBody
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.history import Baseline
from chalicelib.scores.sealed import baseline_to_show
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import ALL
from chalicelib.web.idempotency import DeliveryStore, Once

MOST_GOALS = 20


class SetGoalNeeds(Struct, frozen=True):
    goals: GoalStore
    deliveries: DeliveryStore
    tallies: TallyStore


def set_goal(
    survey: Survey,
    body: GoalBody,
    by: str,
    once: Once | None,
    now: datetime,
    needs: SetGoalNeeds,
) -> Goal:
    """The same `once` gives the same goal. `by` is the id of a key. Raises Conflict when the
    goal does not fit the survey, or IdempotencyKeyReused."""
    goal_id = ids.derived_id("goal", once.key.pk) if once else ids.new_id()
    goal = Goal(goal_id, survey.id, _metric_of(body, survey), body.target, body.by, now, by)
    existing = needs.goals.find(survey.id, goal_id) if once else None
    if existing:
        return existing
    _refuse_unfit(survey, goal, moments.day_in(now, survey.tz), needs)
    about(f"surveys/{survey.id}/goals/{goal.id}")
    if once:
        return _add_once(goal, once, now, needs)
    needs.goals.add(goal)
    return goal


def _add_once(goal: Goal, once: Once, now: datetime, needs: SetGoalNeeds) -> Goal:
    remembered = needs.deliveries.remember(once, goal.id, now)
    try:
        needs.goals.add(goal, [remembered])
    except WriteRefused:
        # The same request came at the same moment, or its goal was deleted since.
        existing = needs.goals.find(goal.survey, goal.id)
        if existing is None:
            raise IdempotencyKeyReused from None
        return existing
    return goal


def _metric_of(body: GoalBody, survey: Survey) -> Metric:
    """Raises Conflict."""
    if body.metric not in ("score", "response_rate", survey.scale):
        detail = f"This survey is read by {survey.scale}."
        raise Conflict([FieldError("#/metric", "metric_differs", detail)])
    return Metric.RESPONSE_RATE if body.metric == "response_rate" else Metric.SCORE


def _refuse_unfit(survey: Survey, goal: Goal, today: date, needs: SetGoalNeeds) -> None:
    months = needs.tallies.months(survey.id, ALL).get("", {})
    baseline = baseline_to_show(survey, months, today)
    errors = (
        _error_of_target(goal, survey),
        _error_of_baseline(goal, survey, baseline),
        _error_of_day(goal, today),
        _error_of_number(needs.goals.all(survey.id)),
    )
    found = [error for error in errors if error]
    if found:
        raise Conflict(found)


def _error_of_target(goal: Goal, survey: Survey) -> FieldError | None:
    low, high = targets_of(goal.metric, survey.scale)
    if low <= goal.target <= high:
        return None
    return FieldError("#/target", "target_out_of_range", f"From {low:g} to {high:g}.")


def _error_of_baseline(goal: Goal, survey: Survey, baseline: Baseline | None) -> FieldError | None:
    value = baseline_value(goal.metric, baseline, survey.scale)
    if value is None or goal.target > value:
        return None
    detail = f"A goal is for upward movement: above the survey's own baseline, {value:g}."
    return FieldError("#/target", "target_not_above_baseline", detail)


def _error_of_day(goal: Goal, today: date) -> FieldError | None:
    if today <= goal.by <= today + LONGEST_RANGE:
        return None
    return FieldError("#/by", "day_out_of_range", "Today or later, at most five years ahead.")


def _error_of_number(goals: Sequence[Goal]) -> FieldError | None:
    if len(goals) < MOST_GOALS:
        return None
    return FieldError("#", "too_many_goals", f"At most {MOST_GOALS}: delete one first.")
