"""Makes one call. It is claimed before it is made. A run that broke off between the call and its
note makes it again, with the same `webhook-id`: a receiver may hear of a thing twice, and never
of nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from chalicelib import moments
from chalicelib.claims import claim, note, refuse_claimed, refuse_late
from chalicelib.invitations.invitation import is_queued
from chalicelib.notify.call import LeftOut, MakeCall
from chalicelib.notify.calls.health import Health
from chalicelib.notify.transport import Transport, TransportError
from chalicelib.retry import no_limit
from chalicelib.table import Item
from chalicelib.webhooks.delivery import State, next_try
from chalicelib.webhooks.delivery_log import DeliveryLog, from_item
from chalicelib.webhooks.fan_out import WEBHOOK_OFF
from chalicelib.webhooks.webhook import Kind, Webhook

# Seconds: a look-up of the name, and the call.
LONGEST_CALL_S: Final = 12.0
PAUSE_SPREAD: Final = timedelta(seconds=30)


class Outcome(StrEnum):
    """What became of a message of the queue. SETTLED: there was nothing left to send."""

    SETTLED = "settled"
    SENT = State.SENT.value
    FAILED = State.FAILED.value
    SUPPRESSED = State.SUPPRESSED.value
    POSTPONED = "postponed"


class DeliverNeeds(Struct, frozen=True):
    """`chance` gives a number from 0 to 1. `compose` by kind of delivery."""

    log: DeliveryLog
    webhook: Callable[[str], Webhook | None]
    compose: Mapping[str, MakeCall]
    health: Health
    transport: Transport
    chance: Callable[[], float]
    pause: Callable[[int], None]
    time_left: Callable[[], float] = no_limit


def deliver(delivery_id: str, now: datetime, needs: DeliverNeeds) -> Outcome:
    """Raises StillClaimed or NoTimeLeft."""
    item = needs.log.find(delivery_id)
    if item is None or not is_queued(item):
        return Outcome.SETTLED
    refuse_claimed(item, now)
    webhook = needs.webhook(item["to"]) if item["kind"] in list(Kind) else None
    reason = _reason_not_to_call(item, webhook)
    if reason:
        return _end(item, State.SUPPRESSED, {"reason": reason}, needs)
    if webhook and webhook.paused_until and webhook.is_paused(now):
        until = webhook.paused_until + PAUSE_SPREAD * needs.chance()
        return _postpone(item, until, {"reason": "paused"}, needs)
    return _call(item, webhook, now, needs)


def _reason_not_to_call(item: Item, webhook: Webhook | None) -> str | None:
    if item["kind"] not in list(Kind):
        return None
    if webhook is None:
        return "webhook_deleted"
    return WEBHOOK_OFF if webhook.off else None


def _call(item: Item, webhook: Webhook | None, now: datetime, needs: DeliverNeeds) -> Outcome:
    refuse_late(LONGEST_CALL_S, needs.time_left)
    try:
        call = needs.compose[item["kind"]](from_item(item), webhook, now)
    except LeftOut as left_out:
        return _end(item, State.SUPPRESSED, {"reason": left_out.reason}, needs)
    claimed = _claim(item, now, needs)
    try:
        answer = call.make(needs.transport)
    except TransportError as error:
        return _failed(claimed, webhook, error, now, needs)
    tried = {"last_at": moments.to_text(now), "answer": answer.status}
    outcome = _end(claimed, State.SENT, tried, needs, gone=("reason",))
    if webhook:
        needs.health.took(webhook)
    return outcome


def _failed(
    item: Item, webhook: Webhook | None, error: TransportError, now: datetime, needs: DeliverNeeds
) -> Outcome:
    tried: Item = {"last_at": moments.to_text(now), "reason": error.code}
    gone = () if error.status else ("answer",)
    tried |= {"answer": error.status} if error.status else {}
    if webhook:
        needs.health.refused(webhook, error, now)
    first = moments.from_text(item["tried_from"])
    again = next_try(item["attempts"], first, now, needs.chance(), error.retry_after)
    if error.permanent or again is None:
        return _end(item, State.FAILED, tried, needs, gone)
    return _postpone(item, again, tried, needs, gone)


def _claim(item: Item, now: datetime, needs: DeliverNeeds) -> Item:
    """Gives the item as it is claimed."""
    claim(
        lambda name: needs.log.claim(item, name, now), LONGEST_CALL_S, needs.pause, needs.time_left
    )
    first = item.get("tried_from", moments.to_text(now))
    return {**item, "attempts": item["attempts"] + 1, "tried_from": first}


def _postpone(
    item: Item, until: datetime, facts: Item, needs: DeliverNeeds, gone: tuple[str, ...] = ()
) -> Outcome:
    note(lambda _: needs.log.postpone(item, until, facts, gone), needs.pause, needs.time_left)
    return Outcome.POSTPONED


def _end(
    item: Item, state: State, facts: Item, needs: DeliverNeeds, gone: tuple[str, ...] = ()
) -> Outcome:
    note(lambda _: needs.log.end(item, state, facts, gone), needs.pause, needs.time_left)
    return Outcome(state.value)
