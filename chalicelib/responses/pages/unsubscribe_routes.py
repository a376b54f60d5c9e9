"""/u/{token}: no more mails."""

from collections.abc import Callable
from typing import Final

from chalice.app import Response as HttpResponse

from chalicelib import moments, wiring
from chalicelib.deadline import for_at_most
from chalicelib.errors import LinkLost, LinkRejected
from chalicelib.failures import report_failure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Ended
from chalicelib.invitations.stop_link import StopLink, find_stop_link
from chalicelib.invitations.token import Link, Purpose
from chalicelib.invitations.unsubscribe import leave_survey, stop_letters
from chalicelib.invitations.unsubscribe import undo as take_back
from chalicelib.invitations.unsubscribe import unsubscribe as unsubscribe_person
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.judge.facts import Place
from chalicelib.responses.judge.nonce import new_nonce
from chalicelib.responses.pages import show
from chalicelib.responses.pages.form import FormRejected, fields_of
from chalicelib.responses.pages.routes import note_arrival
from chalicelib.responses.pages.show import Said
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.retry import reading
from chalicelib.surveys.definition import Survey

# A conflict is over in milliseconds. Nobody presses a mail program's button twice, so one that
# lasts is written around.
PATIENCE_S = 4.0
# What a button takes back: all mail, or that of one survey.
UNDONE: Final[dict[str, Callable[[Survey], str | None]]] = {
    "undo_all": lambda survey: None,
    "undo_survey": lambda survey: survey.id,
}


@page
def show_unsubscribe(visitor: Visitor, token: str) -> HttpResponse:
    stops = _stop_link(token)
    if stops:
        return show.stop(visitor.language(stops.language), token, done=False)
    link, survey = visitor.open(token, Purpose.UNSUBSCRIBE)
    if survey.is_sealed:
        return show.unsubscribe(survey, token)
    try:
        note_arrival(visitor, link, survey, Place.UNSUBSCRIBE)
    except LinkLost:
        raise
    except LinkRejected:
        pass  # who was erased may still say that they want no more
    return show.unsubscribe(survey, token)


@page
def unsubscribe(visitor: Visitor, token: str) -> HttpResponse:
    """The page's button, and RFC 8058: mail programs post here without showing a page."""
    needs = invitations_wiring.unsubscribe_needs(for_at_most(PATIENCE_S))
    stops = _stop_link(token)
    if stops:
        stop_letters(stops, visitor.now, needs)
        return show.stop(visitor.language(stops.language), token, done=True)
    link, survey = reading(lambda: visitor.open(token, Purpose.UNSUBSCRIBE), wiring.pause)
    act = _act(visitor, link)
    if act in UNDONE:
        take_back(link.invitation, UNDONE[act](survey), visitor.now, needs)
        return show.unsubscribe(survey, token, Said.UNDONE)
    if act == "survey":
        leave_survey(link.invitation, survey.id, visitor.now, needs)
    else:
        unsubscribe_person(link.invitation, visitor.now, needs)
    _end(link.invitation, moments.day_in(visitor.now, survey.tz).isoformat())
    proof = visitor.write_nonce(new_nonce(visitor.now, None), link.invitation)
    return show.unsubscribe(survey, token, Said.SURVEY if act == "survey" else Said.ALL, proof)


def _act(visitor: Visitor, link: Link) -> str:
    """What a button of the page says. A mail program's one click says none of it. An undo
    that the page after a stop did not offer to this browser is none. Raises LinkRejected."""
    try:
        fields = fields_of(visitor.raw)
    except FormRejected:
        return ""
    act = fields.get("act", "")
    offered = visitor.read_nonce(fields.get("nonce", ""), link.invitation).bound
    if act in UNDONE and (not offered or visitor.is_from_another_site):
        raise LinkRejected
    return act


def _stop_link(token: str) -> StopLink | None:
    """Of a letter to somebody of a team."""
    keys = reading(invitations_wiring.token_keys, wiring.pause)
    return find_stop_link(token, keys)


def _end(invitation_id: str, today: str) -> None:
    try:
        end_invitation(invitation_id, Ended.REFUSED, responses_wiring.record_needs(), today)
    except Exception as error:  # the person is unsubscribed, as they asked
        report_failure("end_invitation", error)
