"""Goals as they are set and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib import ids, moments
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.errors import Conflict, FieldError, IdempotencyKeyReused, WriteRefused
from chalicelib.periods import LONGEST_RANGE, Range, Step
from chalicelib.scores.goals.goal import (
    Goal,
    Metric,
    baseline_value,
    measured,
    progress,
    span_of,
    targets_of,
)
from chalicelib.scores.goals.sentences import says
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.history import Baseline, baseline_of
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import ALL
from chalicelib.web.days import Day
from chalicelib.web.idempotency import DeliveryStore, Once, once_for

MOST_GOALS = 20
Target = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class GoalBody(BaseModel):
    """`metric` may also be the survey's own by its name, `nps` for example."""

    model_config = ConfigDict(extra="forbid")

    metric: Literal["score", "response_rate", "nps", "csat", "ces", "thumbs"]
    target: Target
    by: Day


@dataclass(frozen=True)
class Setting:
    """What setting a goal needs."""

    goals: GoalStore
    deliveries: DeliveryStore
    tallies: TallyStore


def set_goal(
    survey: Survey,
    body: dict[str, Any],
    idempotency_key: str | None,
    key: ApiKey,
    now: datetime,
    needs: Setting,
) -> Goal:
    """The same Idempotency-Key is the same goal. Raises Conflict for one that does not fit
    the survey, or IdempotencyKeyReused."""
    goal = _read(survey, body, ids.new_id(), now)
    if idempotency_key is None:
        _refuse_unfit(survey, goal, now, needs)
        needs.goals.add(goal)
        return goal
    once = once_for(idempotency_key, ["goals", survey.id, body], key.id, needs.deliveries)
    goal = _read(survey, body, ids.derived_id("goal", once.key.pk), now)
    standing = needs.goals.find(survey.id, goal.id)
    if standing is None:
        _refuse_unfit(survey, goal, now, needs)
    return standing or _add(goal, once, now, needs)


def show_goals(
    survey: Survey, goals: list[Goal], today: date, tallies: TallyStore
) -> list[dict[str, Any]]:
    if not goals:
        return []
    baseline = baseline_of(_months(survey, tallies), today)
    spans = {span_of(goal, today) for goal in goals}
    counts = {span: _over(survey, span, tallies) for span in spans}
    return [
        show_goal(survey, goal, counts[span_of(goal, today)], baseline, today) for goal in goals
    ]


def show_goal(
    survey: Survey,
    goal: Goal,
    counts: Mapping[str, int],
    baseline: Baseline | None,
    today: date,
) -> dict[str, Any]:
    """`counts` are those of the goal's 90 days."""
    said = says(goal, measured(goal.metric, counts, survey.scale), survey.scale, today)
    shown = progress(goal, counts, baseline, survey.scale, today)
    return shown | {"says": said, "created_at": moments.to_text(goal.created_at)}


def _read(survey: Survey, body: dict[str, Any], goal_id: str, now: datetime) -> Goal:
    asked = GoalBody.model_validate(body)
    if asked.metric not in ("score", "response_rate", survey.scale):
        detail = f"This survey is read by {survey.scale}."
        raise Conflict([FieldError("#/metric", "metric_differs", detail)])
    metric = Metric.RESPONSE_RATE if asked.metric == "response_rate" else Metric.SCORE
    return Goal(goal_id, survey.id, metric, asked.target, asked.by, now)


def _refuse_unfit(survey: Survey, goal: Goal, now: datetime, needs: Setting) -> None:
    today = moments.day_in(now, survey.tz)
    baseline = baseline_of(_months(survey, needs.tallies), today)
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


def _error_of_number(goals: list[Goal]) -> FieldError | None:
    if len(goals) < MOST_GOALS:
        return None
    return FieldError("#", "too_many_goals", f"At most {MOST_GOALS}: delete one first.")


def _add(goal: Goal, once: Once, now: datetime, needs: Setting) -> Goal:
    remembered = needs.deliveries.remember(once, goal.id, now)
    try:
        needs.goals.add(goal, [remembered])
    except WriteRefused:
        # The same request at the same moment; or its goal was deleted since.
        standing = needs.goals.find(goal.survey, goal.id)
        if standing is None:
            raise IdempotencyKeyReused from None
        return standing
    return goal


def _months(survey: Survey, tallies: TallyStore) -> dict[date, dict[str, int]]:
    return tallies.months(survey.id, ALL).get("", {})


def _over(survey: Survey, span: Range, tallies: TallyStore) -> dict[str, int]:
    return total(tallies.over(survey.id, span, Step.MONTH).values())
