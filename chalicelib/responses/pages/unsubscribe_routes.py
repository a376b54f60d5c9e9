"""/u/{token}: no more mails."""

from chalice.app import Response as HttpResponse

from chalicelib.errors import LinkRejected
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Ended
from chalicelib.invitations.token import Purpose
from chalicelib.logs import log_failure
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.judge.facts import Place
from chalicelib.responses.pages import show
from chalicelib.responses.pages.routes import note_arrival
from chalicelib.responses.pages.visitor import Visitor, page


@page
def show_unsubscribe(visitor: Visitor, token: str) -> HttpResponse:
    link, survey = visitor.open(token, Purpose.UNSUBSCRIBE)
    note_arrival(visitor, link, survey, Place.UNSUBSCRIBE)
    return show.unsubscribe(survey, token, done=False)


@page
def unsubscribe(visitor: Visitor, token: str) -> HttpResponse:
    """The page's button. By RFC 8058 mail programs post here without showing a page."""
    link, survey = visitor.open(token, Purpose.UNSUBSCRIBE)
    invitation = invitations_wiring.invitations().find(link.invitation)
    if invitation is None:
        raise LinkRejected
    invitations_wiring.people().mark(invitation.person, "unsubscribed", visitor.now)
    _end(invitation.id)
    return show.unsubscribe(survey, token, done=True)


def _end(invitation_id: str) -> None:
    try:
        end_invitation(invitation_id, Ended.REFUSED, responses_wiring.record_needs())
    except Exception as error:  # the person is unsubscribed, as they asked
        log_failure("end_invitation", error)
