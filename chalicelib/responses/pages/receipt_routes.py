"""/c/{survey}: what a receipt can do. The code comes by a form and is in no address."""

from chalice.app import Response as HttpResponse

from chalicelib.ballots.ballot import read_code
from chalicelib.errors import LinkRejected
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages import show_sealed, wiring
from chalicelib.responses.pages.form import FormRejected, fields_of
from chalicelib.responses.pages.show_sealed import Shown
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.receipt import Withdrawn, read_by_receipt, withdraw
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.web.rate_limit import counted_as, seconds_left


@page
def show_receipts(visitor: Visitor, survey: str) -> HttpResponse:
    return show_sealed.receipts(_sealed(visitor, survey))


@page
def use_receipt(visitor: Visitor, survey: str) -> HttpResponse:
    definition = _sealed(visitor, survey)
    if not _is_within_rate(visitor, definition):
        shown = show_sealed.receipts(definition, problem="wait", status=429)
        shown.headers["Retry-After"] = str(seconds_left(visitor.now))
        return shown
    try:
        fields = fields_of(visitor.raw)
        code = read_code(fields.get("code", ""))
    except (FormRejected, ValueError):
        return _unknown(definition)
    if fields.get("act") == "withdraw" and not visitor.is_from_another_site:
        return _withdrawn(visitor, definition, code)
    found = read_by_receipt(definition, code, responses_wiring.by_receipt_needs())
    if found is None or found.score is None:
        return _unknown(definition)
    said = (found.comment, found.is_published, found.answers)
    answer = Shown(fields["code"], found.score, *said)
    return show_sealed.receipts(definition, answer)


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
    return survey.read_in(visitor.language(survey=survey))


def _is_within_rate(visitor: Visitor, survey: Survey) -> bool:
    # All callers together: a counter for each network would tell when somebody was here.
    key = invitations_wiring.person_key().encode()
    minute = visitor.now.replace(second=0, microsecond=0)
    return wiring.rates().take(counted_as(f"{survey.id}/receipts", "", minute, key), minute)
