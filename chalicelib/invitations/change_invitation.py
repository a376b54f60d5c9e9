"""Cancels an invitation that waits, and sends one again."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import Conflict, FieldError
from chalicelib.invitations.invitation import Invitation, Reason, Status
from chalicelib.invitations.store import InvitationStore
from chalicelib.invitations.throttle import Person, reason_not_to_mail
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.refuse_to_ask import refuse_anonymous

# What an e-mail went out of, or would have, had the mail service taken it.
SENT_BEFORE: Final = (
    (Status.SENT, None),
    (Status.UNKNOWN, Reason.MAIL_UNKNOWN),
    (Status.SUPPRESSED, Reason.MAIL_REFUSED),
)


class ChangeInvitationNeeds(Struct, frozen=True):
    """`sees_people`: whether who asks may know who answered."""

    invitations: InvitationStore
    person: Callable[[str], Person]
    sees_people: bool
    pause: Callable[[int], None]


def cancel_invitation(
    invitation_id: str, survey: Survey, needs: ChangeInvitationNeeds
) -> Invitation:
    """Safe to run twice. Raises NotFound or Conflict."""
    refuse_anonymous(survey)

    def cancel(_: int) -> Invitation:
        found = needs.invitations.get(invitation_id)
        if found.status is not Status.CANCELLED:
            if not is_cancellable(found):
                _refuse("not_waiting", "Only an invitation whose time has not come is cancelled.")
            needs.invitations.cancel(found, Reason.BY_HAND)
            return replace(found, status=Status.CANCELLED, reason=Reason.BY_HAND, due_at=None)
        return found

    return retrying(cancel, needs.pause)


def is_cancellable(invitation: Invitation) -> bool:
    # After a first try an e-mail may be on its way.
    return invitation.status is Status.WAITING and not invitation.attempts


def send_again(
    invitation_id: str, survey: Survey, now: datetime, needs: ChangeInvitationNeeds
) -> Invitation:
    """The same link once more, and once only. Raises NotFound or Conflict."""
    refuse_anonymous(survey)

    def send(_: int) -> Invitation:
        found = needs.invitations.get(invitation_id)
        if found.sent_again_at != now:
            _refuse_to_send(found, survey, now, needs)
            needs.invitations.send_again(found, now)
        return needs.invitations.get(invitation_id)

    return retrying(send, needs.pause)


def may_be_sent_again(invitation: Invitation, now: datetime) -> bool:
    """As far as the invitation itself tells."""
    was_sent = (invitation.status, invitation.reason) in SENT_BEFORE
    return was_sent and invitation.sent_again_at is None and now < invitation.expires_at


def _refuse_to_send(
    found: Invitation, survey: Survey, now: datetime, needs: ChangeInvitationNeeds
) -> None:
    if found.sent_again_at:
        _refuse("sent_again", "It was sent twice already.")
    if now >= found.expires_at:
        _refuse("expired", "Its link has ended.")
    if not may_be_sent_again(found, now):
        _refuse("not_sent", "Only an invitation that was sent by e-mail is sent again.")
    if reason_not_to_mail(found, needs.person(found.person)):
        _refuse("not_reachable", "This person gets no e-mails from Heed.")
    # A sealed survey tells nobody who answered, and others only whom it tells anyway.
    if needs.sees_people and not survey.is_sealed and needs.invitations.is_answered(found.id):
        _refuse("answered", "This person has answered.")


def _refuse(code: str, detail: str) -> NoReturn:
    raise Conflict([FieldError("invitation", code, detail)])
