"""The form of a survey: what it shows of one, and what was typed as a survey. What the form does
not show stays as it was."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from msgspec.structs import fields, replace
from pydantic import ValidationError

from chalicelib.errors import Conflict, FieldError
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.surveys.put_survey import read_survey
from chalicelib.surveys.scale import Look, Scale
from chalicelib.web.problems import field_error

Typed = Mapping[str, str]
Body = dict[str, Any]
# By field, what is wrong with it. The texts are in templates/app/_problems.html.
Problems = dict[str, FieldError]
# By the name of a segment, the number of its row.
Rows = Mapping[str, int]

TEXTS: Final = (
    *("name", "success", "team", "audience", "standard", "question", "low_label", "high_label"),
    *("scale", "look", "identity", "closes_on", "lang", "tz", "task_team"),
)
NUMBERS: Final = (
    *("smallest_group", "delay_minutes", "open_days", "reminder_days", "throttle_days"),
    *("follow_up_minutes", "task_hours", "keep_days"),
)
TICKS: Final = ("asks_contact", "open_link", "note_score", "team_runs_mail")
THEMES: Final = "themes"
MOST_SEGMENTS: Final = 8
OWN_PLAN: Final = "own"
TICKED: Final = "yes"
_CODES: Final = {
    "missing": "missing",
    "string_too_short": "missing",
    "string_too_long": "string_too_long",
    "string_pattern_mismatch": "string_pattern_mismatch",
    "int_type": "not_a_number",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "date_from_datetime_parsing": "not_a_day",
    "language_missing": "language_missing",
}
_NEW: Final[Typed] = {
    "audience": "internal",
    "identity": "named",
    "scale": "nps",
    "look": "numbers",
    "standard": "recommend",
    "lang": "en",
    "tz": "UTC",
    "plan": "default",
}


def typed_for(survey: Survey | None) -> dict[str, str]:
    """What the fields hold before anybody types. None: of a new survey."""
    if survey is None:
        defaults = {field.name: field.default for field in fields(Survey)}
        numbers = {name: str(defaults[name]) for name in NUMBERS}
        return {**_NEW, **numbers}
    stored = definition_of(survey)
    typed = {name: str(stored[name]) for name in (*TEXTS, *NUMBERS) if stored[name] is not None}
    typed |= {name: TICKED for name in TICKS if stored[name]}
    for row, name in enumerate(survey.segments):
        typed |= {f"segment.{row}": name, f"of.{row}": survey.segment_of.get(name, "other")}
    named = survey.plan if isinstance(survey.plan, str) else OWN_PLAN
    return {**typed, "id": survey.id, "plan": named}


def read_typed(
    typed: Typed, survey_id: str, standing: Survey | None
) -> tuple[Survey | None, Problems]:
    """The survey, or what is wrong with which field; the field "" is the whole form."""
    body = _body(typed, standing)
    misfits = {field: FieldError(field, code, "") for field, code in _misfits(body)}
    try:
        survey = read_survey(body, survey_id)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        told = map(partial(_problem, _rows(typed)), reversed(found))
        problems = {one.pointer: one for one in told}
        if misfits:
            problems.pop("", None)
        return None, problems | misfits
    return (None, misfits) if misfits else (survey, {})


def problems_of(conflict: Conflict, typed: Typed) -> Problems:
    """What people were asked under, and what stands for one of a team's people."""
    rows = _rows(typed)
    told = [_conflict(rows, error) for error in conflict.errors]
    return {error.pointer: error for error in told}


def _conflict(rows: Rows, error: FieldError) -> FieldError:
    place = error.pointer.removeprefix("#/").split("/")
    return FieldError(_field(place, rows), _reason(error.code), "")


def _reason(code: str) -> str:
    what, stands_for_one, _ = code.partition("_of_employee")
    return f"{what}_stands_for_one" if stands_for_one else "in_use"


def _field(place: list[str], rows: Rows) -> str:
    if place[0] in ("segments", "segment_of", "segment_values"):
        return f"segment.{_row(place, rows)}"
    named = (*TEXTS, *NUMBERS, *TICKS, THEMES, "plan", "id")
    return place[0] if place[0] in named else ""


def _row(place: list[str], rows: Rows) -> int:
    """Of the segment that is named, or stands at that place of those that are."""
    of = dict(enumerate(rows.values()))
    part = place[1] if place[1:] else ""
    return rows.get(part, of.get(int(part), 0) if part.isdigit() else 0)


def _problem(rows: Rows, found: Any) -> FieldError:
    place = [str(part) for part in found["loc"]]
    if not place:
        whole = "lang" if found["type"] == "language_missing" else ""
        return FieldError(whole, _code(found), "")
    field = _field(place, rows)
    code = "segment_name" if field.startswith("segment.") else _code(found)
    return replace(field_error(field, found), code=code)


def _code(found: Any) -> str:
    return _CODES.get(found["type"], "unusable")


def _body(typed: Typed, standing: Survey | None) -> Body:
    stored = definition_of(standing) if standing else {}
    kept = {name: value for name, value in stored.items() if value is not None}
    given = {name: typed[name].strip() for name in TEXTS if typed.get(name, "").strip()}
    body = {name: value for name, value in kept.items() if name not in TEXTS} | given
    body |= {name: _number(typed[name]) for name in NUMBERS if name in typed}
    body |= {name: typed.get(name) == TICKED for name in TICKS}
    if "standard" in body:
        body.pop("question", None)
    if typed.get("plan", OWN_PLAN) != OWN_PLAN:
        body["plan"] = typed["plan"]
    if body.get("identity") != "named":
        body |= {"counts": "send", "note_score": False}
    gone = typed.get(THEMES, "").split("\n")
    themes = {name: words for name, words in body.get("themes", {}).items() if name not in gone}
    return body | {"themes": themes} | _segments(typed, body)


def _number(text: str) -> int | str:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else text


def _rows(typed: Typed) -> Rows:
    named = {typed.get(f"segment.{row}", "").strip(): row for row in reversed(range(MOST_SEGMENTS))}
    named.pop("", None)
    return dict(sorted(named.items(), key=lambda one: one[1]))


def _segments(typed: Typed, body: Body) -> Body:
    rows = range(MOST_SEGMENTS)
    named = {typed.get(f"segment.{row}", "").strip(): typed.get(f"of.{row}") for row in rows}
    named.pop("", None)
    values = body.get("segment_values", {})
    return {
        "segments": list(named),
        "segment_of": {name: of for name, of in named.items() if of and of != "other"},
        "segment_values": {name: values[name] for name in named if name in values},
    }


def _misfits(body: Body) -> Iterator[tuple[str, str]]:
    """Fields that a person would fill in together, each with what it needs."""
    for name in ("name", "team", "audience"):
        if name not in body:
            yield name, "missing"
    if "standard" not in body and "question" not in body:
        yield "question", "missing"
    if "standard" in body and _has_symbols(body):
        yield "scale", "standard_wants_numbers"
    identity = body.get("identity")
    if identity == "anonymous" and "closes_on" not in body:
        yield "closes_on", "last_day_missing"
    if identity == "confidential" and body["asks_contact"]:
        yield "asks_contact", "confidential_asks_nobody"
    if identity != "named" and body["open_link"]:
        yield "open_link", "sealed_has_none"


def _has_symbols(body: Body) -> bool:
    if body.get("scale") == Scale.CSAT:
        return bool(body.get("look", Look.NUMBERS) != Look.NUMBERS)
    return bool(body.get("scale") == Scale.THUMBS)
