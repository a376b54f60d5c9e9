"""Every survey beside its own baseline: internal ones in one list, external ones in another,
each in the order of names. Never in the order of scores."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import moments
from chalicelib.keys import SURVEYS
from chalicelib.periods import up_to
from chalicelib.scores.benchmarks.benchmark import benchmark
from chalicelib.scores.compare import adjust_together
from chalicelib.scores.goals.goal import is_open
from chalicelib.scores.goals.set_goal import show_goal
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.history import baseline_of
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import ALL
from chalicelib.web.cursor import listed_after
from chalicelib.web.pagination import Cursor
from chalicelib.web.query import Query

SURVEYS_ON_A_PAGE = 50
AUDIENCES = ("internal", "external")
_COLUMNS = """
    audience survey name team metric success baseline_from baseline_responses baseline_score
    from to responses score low high reading difference p p_adjusted finding
    goal_metric goal_target goal_by goal_status goal_needed
    asked answered silent refused bounced response_rate
"""
COLUMNS = _COLUMNS.split()
Shown = dict[str, Any]


class BenchmarksQuery(Query):
    """Nothing chooses or orders surveys: the whole list is the answer."""

    cursor: Cursor | None = None

    @property
    def after(self) -> Item | None:
        """Raises Conflict."""
        return listed_after(self.cursor, SURVEYS)


@dataclass(frozen=True)
class Reading:
    """`settle` counts what is due of a survey."""

    tallies: TallyStore
    goals: GoalStore
    settle: Callable[[Survey], None]


def show_benchmarks(surveys: Iterable[Survey], now: datetime, needs: Reading) -> Shown:
    """Holm over all of them: of twenty surveys one seems to have moved by chance alone."""
    ordered = sorted(surveys, key=lambda one: (one.name.casefold(), one.id))
    rows = [(survey.audience, _row(survey, now, needs)) for survey in ordered]
    adjust_together([row["change"] for _, row in rows if row["change"]])
    return {audience: [row for found, row in rows if found == audience] for audience in AUDIENCES}


def as_rows(shown: Shown) -> tuple[Sequence[str], list[Shown]]:
    """Columns and rows, for a table."""
    return COLUMNS, [
        {"audience": audience} | _flat(row) for audience in AUDIENCES for row in shown[audience]
    ]


def _row(survey: Survey, now: datetime, needs: Reading) -> Shown:
    """Four queries, whatever the number of answers."""
    needs.settle(survey)
    today = moments.day_in(now, survey.tz)
    span = up_to(today)
    months = needs.tallies.months(survey.id, ALL).get("", {})
    recent = total(needs.tallies.days(survey.id, span.first, span.end).values())
    goals = [goal for goal in needs.goals.all(survey.id) if is_open(goal, today)]
    nearest = None
    if goals:
        nearest = show_goal(survey, goals[0], recent, baseline_of(months, today), today)
    return {
        "survey": survey.id,
        "name": survey.name,
        "team": survey.team,
        "metric": survey.scale,
        "success": survey.success,
        **benchmark(months, recent, survey.scale, today),
        "goal": nearest,
    }


def _flat(row: Shown) -> Shown:
    now, goal = row["now"], row["goal"] or {}
    between, baseline = now["score_interval"] or {}, row["baseline"] or {}
    missing: Shown = row["non_response"]
    return (
        missing
        | (row["change"] or {})
        | row
        | {name: now[name] for name in ("from", "to", "responses", "score", "reading")}
        | {"low": between.get("low"), "high": between.get("high")}
        | {f"baseline_{name}": baseline.get(name) for name in ("responses", "score")}
        | {f"goal_{name}": goal.get(name) for name in ("metric", "target", "by")}
        | {f"goal_{name}": goal.get(name) for name in ("status", "needed")}
    )
