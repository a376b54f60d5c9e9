"""Each survey beside its own baseline. Internal and external surveys are in two lists, each
in the order of names, never of scores."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from msgspec import Struct

from chalicelib import moments
from chalicelib.periods import up_to
from chalicelib.scores.benchmarks.benchmark import benchmark
from chalicelib.scores.benchmarks.schemas import Benchmark, Benchmarks
from chalicelib.scores.compare import adjust_together
from chalicelib.scores.goals.goal import Goal, is_open
from chalicelib.scores.goals.show_goals import show_goal
from chalicelib.scores.goals.store import GoalStore
from chalicelib.scores.rounding import Shown, read_out, read_out_change
from chalicelib.scores.sealed import baseline_to_show, counts_to_show
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.store import SurveyStore
from chalicelib.table import Item
from chalicelib.tally.store import TallyStore, days_of, months_of
from chalicelib.tally.tally import ALL
from chalicelib.web.cursor import encode_cursor

SURVEYS_ON_A_PAGE = 50
_COLUMNS = """
    audience survey name team metric success baseline_from baseline_responses baseline_score
    from to responses score low high reading difference p p_adjusted finding
    goal_metric goal_target goal_by goal_status goal_needed
    asked answered silent refused bounced response_rate
"""
COLUMNS = _COLUMNS.split()
Row = dict[str, Any]


class ShowBenchmarksNeeds(Struct, frozen=True):
    surveys: SurveyStore
    tallies: TallyStore
    goals: GoalStore


def show_benchmarks(
    after: Item | None,
    within: Collection[str] | None,
    now: datetime,
    needs: ShowBenchmarksNeeds,
) -> Benchmarks:
    """Shows one page of the surveys after the item `after`. `within` are ids; None is all."""
    ordered, last = _without_trials(after, within, needs.surveys)
    today_of = {survey.id: moments.day_in(now, survey.tz) for survey in ordered}
    spans = {survey_id: up_to(today) for survey_id, today in today_of.items()}
    (goals,) = needs.tallies.beside_open(spans, lambda: needs.goals.by_survey(list(spans)))
    recent = [days_of(one, span.first, span.end) for one, span in spans.items()]
    needs.tallies.read_ahead([*recent, *(months_of(survey_id, ALL) for survey_id in spans)])
    rows = [
        (survey.audience, _benchmark_of(survey, today_of[survey.id], goals[survey.id], needs))
        for survey in ordered
    ]
    # Without this, about one of twenty surveys would seem to have moved by chance alone.
    adjust_together([row["change"] for _, row in rows if row["change"]])
    for _, row in rows:
        _read_out(row)
    return {
        "internal": [row for audience, row in rows if audience == "internal"],
        "external": [row for audience, row in rows if audience == "external"],
        "next": encode_cursor(last),
    }


def _without_trials(
    after: Item | None, within: Collection[str] | None, surveys: SurveyStore
) -> tuple[list[Survey], Item | None]:
    shown = list[Survey]()
    while len(shown) < SURVEYS_ON_A_PAGE:
        found, after = surveys.page(SURVEYS_ON_A_PAGE - len(shown), after, within)
        shown += [survey for survey in found if not survey.trial]
        if after is None:
            return shown, None
    return shown, after if _any_follows(after, within, surveys) else None


def _any_follows(after: Item | None, within: Collection[str] | None, surveys: SurveyStore) -> bool:
    while after is not None:
        found, after = surveys.page(SURVEYS_ON_A_PAGE, after, within)
        if not all(survey.trial for survey in found):
            return True
    return False


def _read_out(row: Benchmark) -> None:
    read_out(cast(Shown, row["now"]), row["change"])
    if row["baseline"]:
        read_out(cast(Shown, row["baseline"]))
    read_out_change(cast(Shown | None, row["change"]))


def as_rows(shown: Benchmarks) -> tuple[Sequence[str], list[Row]]:
    """The columns and the rows, for CSV."""
    internal = [{"audience": "internal", **_flat(row)} for row in shown["internal"]]
    external = [{"audience": "external", **_flat(row)} for row in shown["external"]]
    return COLUMNS, [*internal, *external]


def _benchmark_of(
    survey: Survey, today: date, goals: Sequence[Goal], needs: ShowBenchmarksNeeds
) -> Benchmark:
    """Of what was read ahead."""
    span = up_to(today)
    months = needs.tallies.months(survey.id, ALL).get("", {})
    counted = total(needs.tallies.days(survey.id, span.first, span.end).values())
    recent = counts_to_show(survey, counted, months)
    still_open = [goal for goal in goals if is_open(goal, today)]
    baseline = baseline_to_show(survey, months, today)
    shown = [show_goal(goal, recent, baseline, survey.scale, today) for goal in still_open[:1]]
    return benchmark(survey, months, recent, shown[0] if shown else None, today)


def _flat(row: Benchmark) -> Row:
    between = row["now"]["score_interval"]
    # The order matters: `from`, `to` and the score must be those of now, not of the change.
    return {
        **(row["non_response"] or {}),
        **_prefixed("", row["change"]),
        **_prefixed("baseline_", row["baseline"]),
        **_prefixed("goal_", row["goal"]),
        **row["now"],
        **row,
        "low": between["low"] if between else None,
        "high": between["high"] if between else None,
    }


def _prefixed(prefix: str, part: Mapping[str, object] | None) -> Row:
    return {f"{prefix}{name}": value for name, value in (part or {}).items()}
