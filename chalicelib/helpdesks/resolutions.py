"""Which ticket is told of, and what tells one resolution of it from the next. Pure."""

from datetime import datetime, timedelta

from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Shape
from chalicelib.helpdesks.times import changed_at
from chalicelib.helpdesks.trigger import Trigger, identity_of
from chalicelib.invitations.hook_ticket import KEPT, SAME, TicketChange


def change_of(hook: Hook, shape: Shape, place: Place, now: datetime) -> TicketChange:
    """Of a delivery. A tool that sends no time may try again past midnight."""
    same = KEPT if shape.tells_edits else timedelta() if place.find(shape.solved_at) else SAME
    at = changed_at(shape, place, now)
    return TicketChange(hook.source, hook.id, identity_of(shape, place), at, same)


def occasion(shape: Shape, trigger: Trigger, change: TicketChange, resolution: str) -> str:
    """What tells a delivery from others. A key that the tool makes of the ticket's state, and not
    of a time, would come again with the next resolution."""
    if trigger.delivery and shape.solved_at:
        return f"delivery {change.ticket} {trigger.delivery}"
    return f"ticket {change.ticket} {resolution} {trigger.delivery}"
