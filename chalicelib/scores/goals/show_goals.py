"""Goals as the API shows them, beside what the survey has reached."""

from collections.abc import Mapping
from datetime import date

from chalicelib import moments
from chalicelib.periods import Range, Step
from chalicelib.scores.goals.goal import (
    Goal,
    baseline_value,
    measured,
    needed,
    span_of,
    status_of,
)
from chalicelib.scores.goals.schemas import GoalBaseline, GoalCounts, GoalNow, GoalProgress
from chalicelib.scores.goals.sentences import says
from chalicelib.scores.history import Baseline
from chalicelib.scores.sealed import baseline_to_show, counts_to_show
from chalicelib.scores.summary import shown_interval, total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import ALL
from chalicelib.web.days import shown_days


def show_goals(
    survey: Survey, goals: list[Goal], today: date, tallies: TallyStore
) -> list[GoalProgress]:
    if not goals:
        return []
    months = tallies.months(survey.id, ALL).get("", {})
    baseline = baseline_to_show(survey, months, today)
    counts = {
        span: counts_to_show(
            survey, total(tallies.over(survey.id, span, Step.MONTH).values()), months
        )
        for span in {span_of(goal, today) for goal in goals}
    }
    return [
        show_goal(goal, counts[span_of(goal, today)], baseline, survey.scale, today)
        for goal in goals
    ]


def show_goal(
    goal: Goal, counts: Mapping[str, int], baseline: Baseline | None, scale: str, today: date
) -> GoalProgress:
    """`counts` are those of the days of `span_of(goal, today)`."""
    found = measured(goal.metric, counts, scale)
    now: GoalNow = {
        **_counted(span_of(goal, today), counts),
        "value": found.value,
        "interval": shown_interval(found.interval),
        "reading": found.reading,
    }
    return {
        "id": goal.id,
        "metric": goal.metric,
        "target": goal.target,
        "by": goal.by.isoformat(),
        "days_left": max(0, (goal.by - today).days),
        "baseline": _baseline(goal, baseline, scale),
        "now": now,
        "status": status_of(goal.target, found),
        "needed": needed(goal.target, found),
        "says": says(goal, found, scale, today),
        "created_at": moments.to_text(goal.created_at),
    }


def _baseline(goal: Goal, baseline: Baseline | None, scale: str) -> GoalBaseline | None:
    if baseline is None:
        return None
    value = baseline_value(goal.metric, baseline, scale)
    return {**_counted(baseline.range, baseline.counts), "value": value}


def _counted(days: Range, counts: Mapping[str, int]) -> GoalCounts:
    return {
        **shown_days(days),
        "responses": counts.get("n", 0),
        "asked": counts.get("asked", 0),
        "answered": counts.get("answered", 0),
    }
