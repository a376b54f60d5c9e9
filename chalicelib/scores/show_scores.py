"""The scores as the API shows them, as JSON and as CSV."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any, cast

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.disclosure.store import Ledger
from chalicelib.misuse import refuse_several_values
from chalicelib.periods import Step
from chalicelib.scores.asked import QuestionCounts, sealed_question_counts
from chalicelib.scores.history import Months
from chalicelib.scores.query import (
    PARTS,
    ScoresQuery,
    check_fit,
    check_sealed,
    dimensions_of,
    segment_of,
)
from chalicelib.scores.report import ScoreRange, has_a_year, parts_behind, range_against, scores
from chalicelib.scores.rounding import Shown, read_out, read_out_change, read_out_trend
from chalicelib.scores.schemas import CellScores, Scores, SegmentScores
from chalicelib.scores.sealed import cell_scores
from chalicelib.scores.segments import parts_by_value, parts_of, split
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.tally.store import Part, TallyStore, months_of, range_of
from chalicelib.tally.tally import ALL, LOOP
from chalicelib.web.csv_export import Cell
from chalicelib.web.days import days_of, shown_days

Row = dict[str, Cell]
ALWAYS = ("survey", "metric", "tz", "as_of", "from", "to", "interval", "segment", "trial")
_COLUMNS = """
    row from to segment value responses score low high reading comments held settling asked answered
    answered_in_7d silent refused bounced response_rate trial hidden raw_score raw_low raw_high
"""
COLUMNS = _COLUMNS.split()
ASKED = ("question", "option", "share")


def show_scores(
    survey: Survey,
    query: ScoresQuery,
    now: datetime,
    tallies: TallyStore,
    ledger_of: Callable[[str], Ledger],
) -> Scores:
    """Raises BadRequest, Invalid or Conflict."""
    check_fit(query, survey)
    if survey.is_sealed:
        check_sealed(query)
    refuse_several_values(segment_of(query), lambda name: tallies.months(survey.id, name))
    score_range, months = _read(survey, query, moments.day_in(now, survey.tz), tallies)
    shown: Scores = {
        "survey": survey.id,
        "metric": survey.scale,
        "tz": survey.tz,
        "as_of": moments.to_text(now),
        **shown_days(score_range.range),
        "interval": score_range.step,
        "segment": query.segment,
        "trial": survey.trial,
        **scores(score_range, tallies, months),
        "segments": _segments(survey, query, score_range, tallies),
    }
    if survey.is_sealed and (query.by or survey.questions):
        ledger = ledger_of(survey.id)
        shown["questions"] = [*sealed_question_counts(survey.questions, ledger.questions)]
        named = dimensions_of(query, survey)
        shown["segments"] = [*cell_scores(named, ledger.cells, survey.scale)]
    _read_out(shown)
    return _chosen(shown, query.fields)


def _read_out(shown: Scores) -> None:
    change = shown["change"]
    read_out(cast(Shown, shown), change)
    for part in cast(list[Shown], [*shown["periods"], *shown["segments"]]):
        read_out(part, part.get("change"))
        read_out_change(part.get("gap"))
        read_out_change(part.get("change"))
    read_out_change(cast(Shown | None, change))
    read_out_trend(cast(Shown | None, shown["trend"]))


def _read(
    survey: Survey, query: ScoresQuery, today: date, tallies: TallyStore
) -> tuple[ScoreRange, Months]:
    """What is to be shown, in as few steps one after another as it takes."""
    usual = query.compare or "previous"
    known = _range_of(survey, query, today, {}, usual)
    tallies.read_ahead(parts_of_scores(known, query, survey))
    months = tallies.months(survey.id, ALL).get("", {})
    score_range = _range_of(survey, query, today, months, usual)
    by_value = [
        parts_by_value(known, score_range, name, tallies) for name in _counted_by(query, survey)
    ]
    tallies.read_ahead([*parts_behind(score_range, months), *chain(*by_value)])
    # In a survey's first year wins are shown, and a rise or fall only to whoever asks for it.
    tells = query.compare is not None or has_a_year(survey.id, tallies, months, today)
    return replace(score_range, tells_change=tells), months


def _segments(
    survey: Survey, query: ScoresQuery, score_range: ScoreRange, tallies: TallyStore
) -> list[SegmentScores | CellScores]:
    names = _counted_by(query, survey)
    return [row for name in names for row in split(score_range, name, tallies)]


def _counted_by(query: ScoresQuery, survey: Survey) -> list[str]:
    """A sealed survey has no counts of segments."""
    return [] if survey.is_sealed else dimensions_of(query, survey)


def parts_of_scores(known: ScoreRange, query: ScoresQuery, survey: Survey) -> list[Part]:
    """What can be read before anything of the survey's past is known."""
    of_survey = (ALL, LOOP) if known.segment == ALL else (known.segment,)
    spans = [(known.range, known.step, one) for one in of_survey]
    spans += [(known.against, Step.MONTH, known.segment)] if known.against else []
    by = [part for name in _counted_by(query, survey) for part in parts_of(known, name)]
    ranges = [part for span, step, of in spans for part in range_of(survey.id, span, step, of)]
    return [months_of(survey.id, ALL), *ranges, *by]


def as_rows(shown: Scores, scale: str) -> tuple[list[str], list[Row]]:
    """The columns and the rows: the range, each period, each segment, each question."""
    points = [str(point) for point in points_of(scale)]
    rows = [_row("range", shown)]
    rows += [_row("period", period) for period in shown.get("periods", [])]
    span = {"from": shown["from"], "to": shown["to"]}
    rows += [_row("segment", {**segment, **span}) for segment in shown.get("segments", [])]
    asked = shown.get("questions", [])
    rows += [{**span, **row} for question in asked for row in _asked(question)]
    more = ASKED if asked else ()
    return [*COLUMNS, *(f"count_{point}" for point in points), *more], rows


def _asked(question: QuestionCounts) -> Iterator[Row]:
    """The question, and each of its options; `responses` are those who gave it."""
    name = question["question"]
    yield {"row": "question", "question": name, "responses": question["answered"]}
    for option in question["options"]:
        chosen: Row = {"option": option["option"], "share": option["share"]}
        yield {"row": "option", "question": name, "responses": option["count"], **chosen}


def _range_of(
    survey: Survey, query: ScoresQuery, today: date, months: Months, compare: str
) -> ScoreRange:
    days = days_of(query, today)
    return ScoreRange(
        survey=survey.id,
        scale=survey.scale,
        range=days,
        step=query.interval,
        today=today,
        segment=segment_of(query),
        against=range_against(compare, days, months, today),
        smallest_group=survey.smallest_group if survey.is_sealed else None,
        questions=() if survey.is_sealed else survey.questions,
        knows_asked=not survey.has_shared_link,
    )


def _row(kind: str, part: Mapping[str, Any]) -> Row:
    between = part.get("score_interval") or {}
    missing = part.get("non_response") or {}
    raw = part.get("raw") or {}
    kept = {name: part.get(name) for name in COLUMNS if name in part}
    counts = {f"count_{point}": count for point, count in part.get("distribution", {}).items()}
    return (
        kept
        | {"row": kind, "low": between.get("low"), "high": between.get("high")}
        | {f"raw_{name}": raw.get(name) for name in ("score", "low", "high")}
        | {"refused": missing.get("refused"), "bounced": missing.get("bounced")}
        | counts
    )


def _chosen(shown: Scores, fields: str | None) -> Scores:
    if fields is None:
        return shown
    wanted: Iterable[str] = (name for part in fields.split(",") for name in PARTS[part])
    names = {*ALWAYS, *wanted}
    kept = {name: value for name, value in shown.items() if name in names}
    return cast(Scores, kept)
