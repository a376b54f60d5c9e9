"""/c/{survey}: what a receipt can do. The code comes by a form and is in no address."""

from chalice.app import Response as HttpResponse

from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.ballot import read_code, result_id
from chalicelib.ballots.receipts import find_ballot, withdraw_ballot
from chalicelib.errors import BallotPublished, LinkRejected
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages import show_sealed, wiring
from chalicelib.responses.pages.form import FormRejected, fields_of
from chalicelib.responses.pages.show_sealed import Shown
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.responses.take_words import take_words
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
        return show_sealed.receipts(definition, problem="unknown", status=404)
    act = None if visitor.is_from_another_site else fields.get("act")
    return _acted(definition, code, fields["code"], act, visitor)


def _acted(
    survey: Survey, code: bytes, written: str, act: str | None, visitor: Visitor
) -> HttpResponse:
    """A ballot that is published between two looks is looked for again."""
    needs = ballots_wiring.receipt_needs()
    ballot = find_ballot(survey.id, code, needs)
    if ballot and act == "withdraw":
        try:
            withdraw_ballot(survey.id, code, needs)
        except BallotPublished:
            ballot = None
        else:
            return show_sealed.receipts(survey, done=True)
    if ballot:
        shown = Shown(written, ballot.score, ballot.comment, published=ballot.taken is not None)
        return show_sealed.receipts(survey, shown)
    response = responses_wiring.responses().find(result_id(code))
    if response is None or response.survey != survey.id or response.score is None:
        return show_sealed.receipts(survey, problem="unknown", status=404)
    if act == "words":
        take_words(response.id, visitor.now, survey.tz, responses_wiring.record_needs())
        return show_sealed.receipts(survey, done=True)
    shown = Shown(written, response.score, response.comment, published=True)
    return show_sealed.receipts(survey, shown)


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
