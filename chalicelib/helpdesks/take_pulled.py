"""Takes a ticket that the help desk's API lists, as a delivery of its webhook is taken."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Source, shape_of
from chalicelib.helpdesks.take_trigger import Outcome, TakeTriggerNeeds, take_of_many
from chalicelib.helpdesks.trigger import identity_of
from chalicelib.invitations.hook_ticket import TicketChange
from chalicelib.retry import reading

RECONCILED: Final = "reconciled"


def take_pulled(
    source: Source, hook: Hook, told: object, now: datetime, needs: TakeTriggerNeeds
) -> Outcome | None:
    """`told` is in a shape of the source's deliveries. None when a delivery told of it."""
    top = Place(told, told, {})
    shape = shape_of(source, top, "")
    ticket = identity_of(shape, top.below(shape.root)) if shape else ""
    change = TicketChange(source.name, hook.id, ticket, now)
    asking = needs.ask_needs
    before = reading(
        lambda: needs.cancel_needs.tickets.state(change), asking.pause, asking.time_left
    )
    if before.is_solved:
        return None
    knowing = replace(needs, tickets={ticket: before}, reason=RECONCILED)
    return take_of_many(source, hook, top, "", now, knowing)
