"""No more mails to a person."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import (
    LinkRejected,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.invitations.invitation import Reason
from chalicelib.invitations.stop_link import StopLink
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


def stop_letters(link: StopLink, now: datetime, needs: UnsubscribeNeeds) -> None:
    """Safe to run twice. Raises Unavailable when the table takes nothing in time."""
    with suppress(WriteRefused):  # nobody writes to whoever was erased
        retrying(
            lambda _: needs.people.stop(link.person, link.kind, now),
            needs.pause,
            NO_LIMIT,
            (WriteConflict, OutcomeUnknown, Unavailable),
            needs.patience,
        )
