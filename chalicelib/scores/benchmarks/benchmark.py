"""A survey compared with its own baseline, never with another survey. Pure."""

from collections.abc import Mapping
from datetime import date

from chalicelib.periods import Range, up_to
from chalicelib.scores.benchmarks.schemas import Benchmark, BenchmarkScore
from chalicelib.scores.compare import compared
from chalicelib.scores.goals.schemas import GoalProgress
from chalicelib.scores.history import Baseline, Months, baseline_range
from chalicelib.scores.metric import by_point
from chalicelib.scores.schemas import ScoreChange
from chalicelib.scores.sealed import baseline_to_show
from chalicelib.scores.summary import response_rate, summary
from chalicelib.surveys.definition import Survey
from chalicelib.web.days import shown_days


def benchmark(
    survey: Survey,
    months: Months,
    recent: Mapping[str, int],
    goal: GoalProgress | None,
    today: date,
) -> Benchmark:
    """`recent` are the counts of the 90 days up to today that may be shown."""
    baseline, expected = baseline_to_show(survey, months, today), baseline_range(months)
    return {
        "survey": survey.id,
        "name": survey.name,
        "team": survey.team,
        "metric": survey.scale,
        "success": survey.success,
        "baseline": _score(baseline.range, baseline.counts, survey.scale) if baseline else None,
        "baseline_from": expected.end.isoformat() if expected else None,
        "now": _score(up_to(today), recent, survey.scale),
        "change": _change(baseline, recent, survey.scale) if baseline else None,
        **response_rate(recent),
        "goal": goal,
    }


def _change(baseline: Baseline, recent: Mapping[str, int], scale: str) -> ScoreChange:
    points = by_point(baseline.counts, scale), by_point(recent, scale)
    return {**shown_days(baseline.range), **compared(*points, scale)}


def _score(days: Range, counts: Mapping[str, int], scale: str) -> BenchmarkScore:
    whole = summary(counts, scale)
    return {
        **shown_days(days),
        "responses": counts.get("n", 0),  # also where the points are hidden
        "says": whole["says"],
        "score": whole["score"],
        "score_interval": whole["score_interval"],
        "raw": whole["raw"],
        "reading": whole["reading"],
    }
