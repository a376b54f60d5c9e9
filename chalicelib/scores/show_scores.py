"""The scores from outside: as a document, or as a table for a spreadsheet."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chalicelib.misuse import refuse_several_values
from chalicelib.scores.query import (
    PARTS,
    ScoresQuery,
    check_fit,
    dimensions_of,
    segment_of,
)
from chalicelib.scores.report import Asked, range_against, scores
from chalicelib.scores.segments import split
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import ALL
from chalicelib.web.days import days_of

Shown = dict[str, Any]
ALWAYS = ("survey", "metric", "tz", "from", "to", "interval", "segment")
_COLUMNS = """
    row from to segment value responses score low high reading comments held asked answered
    silent refused bounced response_rate
"""
COLUMNS = _COLUMNS.split()


def show_scores(survey: Survey, query: ScoresQuery, today: date, tallies: TallyStore) -> Shown:
    """Raises BadRequest, Invalid or Conflict."""
    check_fit(query, survey)
    refuse_several_values(segment_of(query), lambda name: tallies.months(survey.id, name))
    days = days_of(query, today)
    months = tallies.months(survey.id, ALL).get("", {})
    asked = Asked(
        survey=survey.id,
        scale=survey.scale,
        range=days,
        step=query.interval,
        today=today,
        segment=segment_of(query),
        against=range_against(query.compare, days, months, today),
    )
    found = scores(asked, tallies, months)
    rows = [row for name in dimensions_of(query, survey) for row in split(asked, name, tallies)]
    facts = {"survey": survey.id, "metric": survey.scale, "tz": survey.tz}
    return _chosen(facts | found | {"segments": rows}, query.fields)


def as_rows(shown: Shown, scale: str) -> tuple[list[str], list[Shown]]:
    """Columns and rows: the range, each period, each segment; one column for each point."""
    points = [str(point) for point in points_of(scale)]
    rows = [_row("range", shown)]
    rows += [_row("period", one) for one in shown.get("periods", [])]
    span = {"from": shown["from"], "to": shown["to"]}
    rows += [_row("segment", one | span) for one in shown.get("segments", [])]
    return [*COLUMNS, *(f"count_{point}" for point in points)], rows


def _row(kind: str, part: Mapping[str, Any]) -> Shown:
    between = part.get("score_interval") or {}
    missing = part.get("non_response") or {}
    kept = {name: part.get(name) for name in COLUMNS if name in part}
    counts = {f"count_{point}": count for point, count in part.get("distribution", {}).items()}
    return (
        kept
        | {"row": kind, "low": between.get("low"), "high": between.get("high")}
        | {"refused": missing.get("refused"), "bounced": missing.get("bounced")}
        | counts
    )


def _chosen(shown: Shown, fields: str | None) -> Shown:
    if fields is None:
        return shown
    wanted: Iterable[str] = (name for part in fields.split(",") for name in PARTS[part])
    names = {*ALWAYS, *wanted}
    return {name: value for name, value in shown.items() if name in names}
