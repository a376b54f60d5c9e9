"""Cancels the invitation of a ticket that was opened again, as long as it waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.errors import WriteRefused
from chalicelib.invitations.hook_ticket import HookTicketStore, TicketChange
from chalicelib.invitations.invitation import Invitation, Reason, Status
from chalicelib.invitations.store import InvitationStore
from chalicelib.retry import no_limit, retrying


class Reopened(StrEnum):
    """What became of the invitation of a ticket that was opened again. SOLVED_SINCE: the ticket
    was solved later than that."""

    CANCELLED = "invitation_cancelled"
    NOTHING_WAITS = "nothing_waits"
    SENT_ALREADY = "sent_already"
    SOLVED_SINCE = "solved_since"


@dataclass(frozen=True)
class CancelNeeds:
    tickets: HookTicketStore
    invitations: InvitationStore
    pause: Callable[[int], None]
    time_left: Callable[[], float] = no_limit


def cancel_reopened(change: TicketChange, now: datetime, needs: CancelNeeds) -> Reopened:
    """Safe to run twice. Raises Unavailable after all tries."""

    def cancel(_: int) -> Reopened:
        try:
            led_to = needs.tickets.reopen(change, now)
        except WriteRefused:
            return Reopened.SOLVED_SINCE
        # Whatever was sent or claimed meanwhile refuses the write, and is read again.
        return _cancel(needs.invitations.find(led_to) if led_to else None, needs)

    return retrying(cancel, needs.pause, time_left=needs.time_left)


def _cancel(invitation: Invitation | None, needs: CancelNeeds) -> Reopened:
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
    needs.invitations.cancel(invitation, Reason.REOPENED)
    return Reopened.CANCELLED
