"""Which ticket is told of, and what tells one resolution of it from the next. Pure."""

from datetime import datetime, timedelta

from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Shape
from chalicelib.helpdesks.times import changed_at
from chalicelib.helpdesks.trigger import Trigger, identity_of
from chalicelib.invitations.hook_ticket import KEPT, SAME, TicketChange, TicketState


def change_of(hook: Hook, shape: Shape, place: Place, now: datetime) -> TicketChange:
    """Of a delivery. A tool that sends no time may try again past midnight."""
    same = KEPT if shape.tells_edits else timedelta() if place.find(shape.solved_at) else SAME
    at = changed_at(shape, place, now)
    return TicketChange(hook.source, hook.id, identity_of(shape, place), at, same)


def resolution_of(
    trigger: Trigger, change: TicketChange, before: TicketState, now: datetime
) -> str:
    """Without the time of the resolution a ticket counts once a day. It counts anew when a
    reopening cancelled what it led to, also where a tool tells the time of the first resolution
    alone."""
    resolution = trigger.resolution or now.date().isoformat()
    while (made := change.invitation(resolution)) in before.cancelled:
        resolution = next_resolution(resolution, made)
    return resolution


def next_resolution(resolution: str, cancelled: str) -> str:
    """After that one, whose invitation was cancelled."""
    return f"{resolution} {cancelled}"


def occasion(shape: Shape, trigger: Trigger, change: TicketChange, resolution: str) -> str:
    """What tells a delivery from others. A key that the tool makes of the ticket's state, and not
    of a time, would come again with the next resolution."""
    if trigger.delivery and shape.solved_at:
        return f"delivery {change.ticket} {trigger.delivery}"
    return f"ticket {change.ticket} {resolution} {trigger.delivery}"
