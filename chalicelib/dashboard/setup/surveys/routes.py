"""The pages on which a survey is made and changed, with what its respondents will get."""

from collections import defaultdict
from typing import Any

from chalice.app import Response as HttpResponse
from msgspec.structs import replace

from chalicelib import render
from chalicelib.api_keys.api_key import Scope
from chalicelib.brands import wiring as brands_wiring
from chalicelib.brands.brand import Branding, branding_of
from chalicelib.dashboard.form import EMPTY, SEEN, Form
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import of_the_whole
from chalicelib.dashboard.setup.surveys.choices import choices_for
from chalicelib.dashboard.setup.surveys.form import THEMES, problems_of, read_typed, typed_for
from chalicelib.dashboard.setup.surveys.frame import PreviewQuery, framed
from chalicelib.dashboard.setup.surveys.preview import render_preview
from chalicelib.dashboard.sheet import sheet_of_surveys
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.style import script_name
from chalicelib.dashboard.visit import Visit
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.keys import SURVEYS
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.letters.test_mail import letter_of_test
from chalicelib.noting import about, acting
from chalicelib.releases import wiring as releases_wiring
from chalicelib.releases.close import close as close_ballots
from chalicelib.retry import time_left
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.delete_survey import delete_survey
from chalicelib.surveys.put_survey import put_survey
from chalicelib.tally import wiring as tally_wiring
from chalicelib.teams import wiring as teams_wiring
from chalicelib.web.audited import SHOWS
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery


@page(Scope.SURVEYS_WRITE, query=PageQuery, by_survey=True)
def list_survey_setups(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, SURVEYS)
    reach = visit.key.surveys
    surveys, last = surveys_wiring.surveys().page(visit.query.limit, after, reach)
    facts = {"surveys": surveys, "next": encode_cursor(last)}
    return Shown("setup/surveys", facts, sheet=sheet_of_surveys(surveys))


@page(Scope.SURVEYS_WRITE)
def show_new_survey(visit: Visit[Any]) -> Shown:
    return _form(visit, None)


@page(Scope.SURVEYS_WRITE, again=show_new_survey)
def make_survey(visit: Visit[Any]) -> Moved:
    survey_id = visit.form.text("id")
    if _find(survey_id):
        raise Invalid([FieldError("id", "id_taken", "There is such a survey.")])
    about(f"surveys/{survey_id}", survey_id)
    return _put(visit, survey_id, None)


@page(Scope.SURVEYS_WRITE)
def show_survey_setup(visit: Visit[Any], survey: str) -> Shown:
    return _form(visit, *surveys_wiring.surveys().get_with_edition(survey))


@page(Scope.SURVEYS_WRITE, again=show_survey_setup)
def change_survey(visit: Visit[Any], survey: str) -> Moved:
    return _put(visit, survey, surveys_wiring.surveys().get(survey))


@page(Scope.SURVEYS_READ, query=PreviewQuery, in_frame=True)
def show_preview(visit: Visit[PreviewQuery], survey: str) -> HttpResponse:
    definition = surveys_wiring.surveys().get(survey)
    return framed(render_preview(definition, visit.query.kind, visit.query.lang, _branding()))


@page(Scope.SURVEYS_WRITE, not_noted=SHOWS, in_frame=True)
def preview_typed(visit: Visit[Any], survey: str) -> HttpResponse:
    """Of what stands in the form, which nobody has saved."""
    return _typed_preview(visit, survey, surveys_wiring.surveys().get(survey))


@page(Scope.SURVEYS_WRITE, not_noted=SHOWS, in_frame=True)
def preview_new(visit: Visit[Any]) -> HttpResponse:
    return _typed_preview(visit, visit.form.text("id") or "new", None)


@page(Scope.SURVEYS_WRITE, again=show_survey_setup)
def send_test(visit: Visit[Any], survey: str) -> Shown | Moved:
    """To the member's own address, and to no other. What is typed and not saved stays."""
    definition, edition = surveys_wiring.surveys().get_with_edition(survey)
    asked = _asked(visit.form)
    assert visit.member  # noqa: S101 - the page signs in
    letter = letter_of_test(definition.id, visit.member, asked.lang, visit.now)
    is_new = notify_wiring.letters().add(letter)
    said = "test_sent" if is_new else "test_waits"
    typed, _ = read_typed(_typed(visit.form), survey, definition)
    if typed == definition:
        return Moved(f"setup/surveys/{survey}", said=said)
    visit.said = said
    return _form(visit, definition, edition)


@page(Scope.SURVEYS_WRITE, again=show_survey_setup)
def close_survey(visit: Visit[Any], survey: str) -> Moved:
    """Of a sealed survey for good; of another until it is opened again."""
    surveys = surveys_wiring.surveys()
    definition, edition = surveys.get_with_edition(survey)
    act, back = visit.form.text("act"), f"setup/surveys/{survey}"
    try:
        if act == "delete":
            acting("delete_survey")
            is_counted = tally_wiring.tallies().has_any
            delete_survey(survey, surveys_wiring.delete_survey_needs(is_counted))
            return Moved("setup/surveys", said="deleted")
        if definition.is_sealed:
            close_ballots(definition, visit.now, releases_wiring.release_needs(time_left))
            return Moved(back, said="closed")
    except Conflict as conflict:
        raise of_the_whole(conflict) from conflict
    changed = replace(definition, closed=act == "close")
    if not changed.closed:
        acting("open_survey")
    surveys.put(changed, visit.key.id, edition)
    return Moved(back, said="closed" if changed.closed else "saved")


def _form(visit: Visit[Any], survey: Survey | None, edition: str = "") -> Shown:
    teams = teams_wiring.teams().every()
    typed = _typed(visit.form) if visit.form is not EMPTY else typed_for(survey)
    values = defaultdict(str, typed)
    facts: dict[str, Any] = {
        "survey": survey,
        "seen": visit.seen(edition),
        "values": values,
        "teams": teams,
        "asked": _asked(visit.form),
    }
    facts |= {"script": visit.at(f"files/{script_name()}"), **choices_for(survey)}
    return Shown("setup/survey", facts, frames=True, runs=True)


def _put(visit: Visit[Any], survey_id: str, standing: Survey | None) -> Moved:
    survey, problems = read_typed(_typed(visit.form), survey_id, standing)
    if survey is None:
        raise Invalid([*problems.values()])
    needs = surveys_wiring.put_survey_needs(tally_wiring.tallies().has_any)
    try:
        put_survey(survey, visit.key.id, disclosure_for(visit.key), needs, visit.form.text(SEEN))
    except Conflict as conflict:
        raise Invalid([*problems_of(conflict, _typed(visit.form)).values()]) from conflict
    return Moved(f"setup/surveys/{survey.id}", said="saved")


def _typed_preview(visit: Visit[Any], survey_id: str, standing: Survey | None) -> HttpResponse:
    asked = _asked(visit.form)
    survey, errors = read_typed(_typed(visit.form), survey_id, standing)
    if survey is None:
        return framed(render.app_page("setup/no_preview", lang=visit.lang, errors=errors))
    return framed(render_preview(survey, asked.kind, asked.lang, _branding()))


def _branding() -> Branding:
    return branding_of(surveys_wiring.catalogue().brand(), brands_wiring.as_data)


def _asked(form: Form) -> PreviewQuery:
    """What the form says of its preview. What is no such kind is a mail."""
    named = {"kind": form.text("preview_kind"), "lang": form.text("preview_lang")}
    given = {name: value for name, value in named.items() if value}
    return PreviewQuery.model_validate(given)


def _typed(form: Form) -> dict[str, str]:
    """Of the ticked themes each has a line."""
    return {name: form.text(name) for name in form.typed} | {
        THEMES: "\n".join(form.every(THEMES)),
    }


def _find(survey_id: str) -> Survey | None:
    try:
        return surveys_wiring.surveys().get(survey_id) if survey_id else None
    except NotFound:
        return None
