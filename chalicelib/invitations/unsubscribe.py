"""No more mails to a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import LinkRejected, Unavailable
from chalicelib.invitations.invitation import Reason
from chalicelib.invitations.store import InvitationStore, PersonStore
from chalicelib.retry import NO_LIMIT, retrying


@dataclass(frozen=True)
class UnsubscribeNeeds:
    """`patience` gives the seconds in which the person's own item may still be tried."""

    invitations: InvitationStore
    people: PersonStore
    pause: Callable[[int], None]
    patience: Callable[[], float]


def unsubscribe(invitation_id: str, now: datetime, needs: UnsubscribeNeeds) -> None:
    """Safe to run twice. A mail program asks once and never again, so only the time ends the
    tries, and a conflict that lasts is written around. Raises LinkRejected, and Unavailable
    when the table takes nothing."""
    invitation = retrying(
        lambda _: needs.invitations.find(invitation_id), needs.pause, NO_LIMIT, (Unavailable,)
    )
    if invitation and invitation.is_erased:
        return  # nobody asks them again
    if invitation is None or not invitation.person:
        raise LinkRejected
    person = invitation.person

    def mark(_: int) -> None:
        needs.people.mark(person, Reason.UNSUBSCRIBED.value, now)

    try:
        retrying(mark, needs.pause, NO_LIMIT, time_left=needs.patience)
    except Unavailable:
        retrying(lambda _: needs.people.opt_out(person, now), needs.pause, NO_LIMIT)
