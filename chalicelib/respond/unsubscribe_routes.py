"""/u/{token}: no more mails, on the blueprint of the other pages."""

from datetime import datetime

from chalice.app import Response as HttpResponse

from chalicelib.errors import LinkRejected
from chalicelib.intake.invitation import Ended
from chalicelib.intake.links import Purpose
from chalicelib.logs import log_failure
from chalicelib.respond import show
from chalicelib.respond.facts import Place
from chalicelib.respond.routes import FORM, note_arrival, opened, pages, showing_pages


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
    from chalicelib import wiring

    link, survey = opened(token, now, Purpose.UNSUBSCRIBE)
    invitation = wiring.invitations().find(link.invitation)
    if invitation is None:
        raise LinkRejected
    wiring.people().mark(invitation.person, "unsubscribed", now)
    _end(invitation.id)
    return show.unsubscribe(survey, token, done=True)


def _end(invitation_id: str) -> None:
    from chalicelib import wiring
    from chalicelib.respond.ending import end_invitation

    try:
        end_invitation(invitation_id, Ended.REFUSED, wiring.recording())
    except Exception as error:  # the person is unsubscribed, and that is what was asked for
        log_failure("end_invitation", error)
