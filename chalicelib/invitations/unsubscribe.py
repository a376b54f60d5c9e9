"""No more mails to a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import LinkRejected
from chalicelib.invitations.invitation import Reason
from chalicelib.invitations.store import InvitationStore, PersonStore
from chalicelib.retry import NO_LIMIT, retrying


@dataclass(frozen=True)
class UnsubscribeNeeds:
    invitations: InvitationStore
    people: PersonStore
    pause: Callable[[int], None]
    time_left: Callable[[], float]


def unsubscribe(invitation_id: str, now: datetime, needs: UnsubscribeNeeds) -> None:
    """Safe to run twice. A mail program asks once and never again, so only the time ends the
    tries. Raises LinkRejected, and Unavailable when the time is over."""

    def mark(_: int) -> None:
        invitation = needs.invitations.find(invitation_id)
        if invitation is None or not invitation.person:
            raise LinkRejected
        needs.people.mark(invitation.person, Reason.UNSUBSCRIBED.value, now)

    retrying(mark, needs.pause, NO_LIMIT, time_left=needs.time_left)
