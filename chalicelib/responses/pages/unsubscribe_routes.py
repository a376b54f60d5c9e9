"""/u/{token}: no more mails."""

from chalice.app import Response as HttpResponse

from chalicelib import wiring
from chalicelib.deadline import for_at_most
from chalicelib.errors import LinkLost, LinkRejected
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Ended
from chalicelib.invitations.stop_link import StopLink, find_stop_link
from chalicelib.invitations.token import Purpose
from chalicelib.invitations.unsubscribe import stop_letters
from chalicelib.invitations.unsubscribe import unsubscribe as unsubscribe_person
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.judge.facts import Place
from chalicelib.responses.pages import show
from chalicelib.responses.pages.routes import note_arrival
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.retry import reading

# A conflict is over in milliseconds. Nobody presses a mail program's button twice, so one that
# lasts is written around.
PATIENCE_S = 4.0


@page
def show_unsubscribe(visitor: Visitor, token: str) -> HttpResponse:
    stops = _stop_link(token)
    if stops:
        return show.stop(visitor.language(stops.language), token, done=False)
    link, survey = visitor.open(token, Purpose.UNSUBSCRIBE)
    if survey.is_sealed:
        return show.unsubscribe(survey, token, done=False)
    try:
        note_arrival(visitor, link, survey, Place.UNSUBSCRIBE)
    except LinkLost:
        raise
    except LinkRejected:
        pass  # who was erased may still say that they want no more
    return show.unsubscribe(survey, token, done=False)


@page
def unsubscribe(visitor: Visitor, token: str) -> HttpResponse:
    """The page's button, and RFC 8058: mail programs post here without showing a page."""
    needs = invitations_wiring.unsubscribe_needs(for_at_most(PATIENCE_S))
    stops = _stop_link(token)
    if stops:
        stop_letters(stops, visitor.now, needs)
        return show.stop(visitor.language(stops.language), token, done=True)
    link, survey = reading(lambda: visitor.open(token, Purpose.UNSUBSCRIBE), wiring.pause)
    unsubscribe_person(link.invitation, visitor.now, needs)
    _end(link.invitation)
    return show.unsubscribe(survey, token, done=True)


def _stop_link(token: str) -> StopLink | None:
    """Of a letter to somebody of a team."""
    keys = reading(invitations_wiring.token_keys, wiring.pause)
    return find_stop_link(token, keys)


def _end(invitation_id: str) -> None:
    try:
        end_invitation(invitation_id, Ended.REFUSED, responses_wiring.record_needs())
    except Exception as error:  # the person is unsubscribed, as they asked
        report_failure("end_invitation", error)
