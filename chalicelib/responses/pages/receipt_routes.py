"""/c/{survey}: what a receipt can do. The code comes by a form and is in no address."""

from collections.abc import Callable
from typing import Final

from chalice.app import Response as HttpResponse

from chalicelib.ballots.ballot import Vote, read_code, written_code
from chalicelib.ballots.cast import change_by_receipt
from chalicelib.ballots.conversation import LONGEST
from chalicelib.errors import Conflict, LinkRejected
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages import show_sealed, wiring
from chalicelib.responses.pages.form import FormRejected, clean, fields_of, read_form
from chalicelib.responses.pages.show_sealed import NOTHING, Shown, Written
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.receipt import Withdrawn, read_by_receipt, withdraw, write_to_team
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.web.rate_limit import seconds_left

STATUS: Final = {
    None: 200,
    "score": 400,
    "comment_too_long": 413,
    "words_too_long": 413,
    "unavailable": 409,
}


@page
def show_receipts(visitor: Visitor, survey: str) -> HttpResponse:
    return show_sealed.receipts(_sealed(visitor, survey))


@page
def use_receipt(visitor: Visitor, survey: str) -> HttpResponse:
    definition = _sealed(visitor, survey)
    if not wiring.tries().take(definition.id, visitor.address, visitor.now):
        shown = show_sealed.receipts(definition, problem="wait", status=429)
        shown.headers["Retry-After"] = str(seconds_left(visitor.now))
        return shown
    try:
        fields = fields_of(visitor.raw)
        code = read_code(fields.get("code", ""))
    except (FormRejected, ValueError):
        return _unknown(definition)
    act = ACTS.get(fields.get("act", ""))
    if act is None or visitor.is_from_another_site:
        return _read(definition, code)
    return act(visitor, definition, code)


def _read(
    survey: Survey, code: bytes, written: Written = NOTHING, problem: str | None = None
) -> HttpResponse:
    found = read_by_receipt(survey, code, responses_wiring.by_receipt_needs())
    if found is None or found.score is None:
        return _unknown(survey)
    return show_sealed.receipts(
        survey, Shown(written_code(code), found, written), problem=problem, status=STATUS[problem]
    )


def _changed(visitor: Visitor, survey: Survey, code: bytes) -> HttpResponse:
    try:
        form = read_form(visitor.raw, points_of(survey.scale), survey.questions)
    except FormRejected as rejected:
        said = (rejected.score, rejected.comment, rejected.answers, rejected.too_long)
        written = Written(*said)
        return _read(survey, code, written, rejected.problem)
    vote = Vote(form.score, form.comment, form.answers)
    needs = responses_wiring.cast_needs(survey)
    done = change_by_receipt(survey, code, vote, visitor.now, needs)
    if done is None:
        return _unknown(survey)
    return _read(survey, read_code(done.code), Written(is_saved=True))


def _written(visitor: Visitor, survey: Survey, code: bytes) -> HttpResponse:
    text = clean(fields_of(visitor.raw).get("comment", ""))
    if not text:
        return _read(survey, code)
    if len(text) > LONGEST:
        return _read(survey, code, Written(words=text), "comment_too_long")
    needs = responses_wiring.by_receipt_needs()
    try:
        if not write_to_team(survey, code, text, visitor.now, needs):
            return _unknown(survey)
    except Conflict:  # the words were taken away elsewhere, or it is full
        return _read(survey, code, Written(words=text), "unavailable")
    return _read(survey, code, Written(is_saved=True))


def _withdrawn(visitor: Visitor, survey: Survey, code: bytes) -> HttpResponse:
    done = withdraw(survey, code, visitor.now, responses_wiring.by_receipt_needs())
    if done is Withdrawn.NOTHING:
        return _unknown(survey)
    return show_sealed.receipts(survey, done=True)


def _unknown(survey: Survey) -> HttpResponse:
    return show_sealed.receipts(survey, problem="unknown", status=404)


def _sealed(visitor: Visitor, survey_id: str) -> Survey:
    """Raises LinkRejected and NotFound."""
    survey = surveys_wiring.catalogue().get(survey_id)
    if not survey.is_sealed:
        raise LinkRejected
    visitor.leaves_line = False
    return survey.read_in(visitor.language(survey=survey))


ACTS: Final[dict[str, Callable[[Visitor, Survey, bytes], HttpResponse]]] = {
    "withdraw": _withdrawn,
    "change": _changed,
    "write": _written,
}
