"""/u/{token}: no more mails, on the blueprint of the other pages."""

from datetime import datetime

from chalice.app import Response as HttpResponse

from chalicelib.errors import LinkRejected
from chalicelib.invitations.invitation import Ended
from chalicelib.invitations.token import Purpose
from chalicelib.logs import log_failure
from chalicelib.responses.judge.facts import Place
from chalicelib.responses.pages import show
from chalicelib.responses.pages.routes import FORM, note_arrival, opened, pages, showing_pages


@pages.route("/u/{token}", methods=["GET", "HEAD"])
@showing_pages
def show_unsubscribe(now: datetime, token: str) -> HttpResponse:
    link, survey = opened(token, now, Purpose.UNSUBSCRIBE)
    note_arrival(link, survey, now, Place.UNSUBSCRIBE)
    return show.unsubscribe(survey, token, done=False)


@pages.route("/u/{token}", methods=["POST"], content_types=FORM)
@showing_pages
def unsubscribe(now: datetime, token: str) -> HttpResponse:
    """The page's button, and RFC 8058: mail programs post here without showing a page."""
    from chalicelib.invitations import wiring as invitations_wiring

    link, survey = opened(token, now, Purpose.UNSUBSCRIBE)
    invitation = invitations_wiring.invitations().find(link.invitation)
    if invitation is None:
        raise LinkRejected
    invitations_wiring.people().mark(invitation.person, "unsubscribed", now)
    _end(invitation.id)
    return show.unsubscribe(survey, token, done=True)


def _end(invitation_id: str) -> None:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.ending import end_invitation

    try:
        end_invitation(invitation_id, Ended.REFUSED, responses_wiring.recording())
    except Exception as error:  # the person is unsubscribed, and that is what was asked for
        log_failure("end_invitation", error)
