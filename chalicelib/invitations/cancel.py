"""Cancels the invitations of a ticket that was opened again, as long as they wait."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from chalicelib.errors import WriteRefused
from chalicelib.invitations.hook_ticket import HookTicketStore, TicketChange, cancelling
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.invitations.store import InvitationStore
from chalicelib.retry import no_limit, retrying


class Reopened(StrEnum):
    """What became of the invitations of a ticket that was opened again: the first that is true of
    one of them. SOLVED_SINCE: the ticket was solved later than that."""

    CANCELLED = "invitation_cancelled"
    SENT_ALREADY = "sent_already"
    NOTHING_WAITS = "nothing_waits"
    SOLVED_SINCE = "solved_since"


class CancelNeeds(Struct, frozen=True):
    tickets: HookTicketStore
    invitations: InvitationStore
    pause: Callable[[int], None]
    time_left: Callable[[], float] = no_limit


def cancel_reopened(change: TicketChange, now: datetime, needs: CancelNeeds) -> Reopened:
    """Safe to run twice. Raises Unavailable after all tries."""

    def cancel(_: int) -> Reopened:
        try:
            opened = needs.tickets.reopen(change, now)
        except WriteRefused:
            return Reopened.SOLVED_SINCE
        # Whatever was sent or claimed meanwhile refuses the write, and is read again.
        found = {_cancel(each, change, needs) for each in opened.led_to}
        if Reopened.SENT_ALREADY in found:
            needs.tickets.be_quiet(change, opened.since)
        return next((each for each in Reopened if each in found), Reopened.NOTHING_WAITS)

    return retrying(cancel, needs.pause, time_left=needs.time_left)


def note_solved(change: TicketChange, now: datetime, needs: CancelNeeds) -> None:
    """Safe to run twice. Raises Unavailable after all tries."""
    retrying(
        lambda _: needs.tickets.note_solved(change, now), needs.pause, time_left=needs.time_left
    )


def _cancel(invitation_id: str, change: TicketChange, needs: CancelNeeds) -> Reopened:
    invitation = needs.invitations.find(invitation_id)
    if invitation is None or invitation.is_erased:
        return Reopened.NOTHING_WAITS
    if invitation.status is Status.CANCELLED:
        return Reopened.CANCELLED
    if invitation.is_asked or invitation.has_gone_out:
        return Reopened.SENT_ALREADY
    if not invitation.is_to_be_sent:
        return Reopened.NOTHING_WAITS
    if invitation.attempts:
        return Reopened.SENT_ALREADY  # or it is being sent, or nobody knows
    needs.invitations.cancel(invitation, Reason.REOPENED, [cancelling(change, invitation.id)])
    return Reopened.CANCELLED
