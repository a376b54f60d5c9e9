"""Makes one call. It is claimed before it is made. A run that broke off between the call and its
note makes it again, with the same `webhook-id`: a receiver may hear of a thing twice, and never
of nothing."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib import ids, moments
from chalicelib.errors import (
    HeedError,
    OutcomeUnknown,
    TransportError,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.invitations.invitation import is_queued
from chalicelib.notify.call import Compose, LeftOut
from chalicelib.notify.calls.health import Health
from chalicelib.notify.transport import Transport
from chalicelib.retry import no_limit, retrying
from chalicelib.table import Item
from chalicelib.webhooks.delivery import State, next_try
from chalicelib.webhooks.delivery_log import DeliveryLog, from_item
from chalicelib.webhooks.webhook import Kind, Webhook

UNWRITTEN: Final = (WriteConflict, OutcomeUnknown)
NOTE_TRIES: Final = 30
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


class StillClaimed(HeedError):
    """Another run is making this call. Try again later."""


class NoTimeLeft(HeedError):
    """The call might be cut off by the end of the function. Try again later."""


@dataclass(frozen=True)
class DeliverNeeds:
    """`chance` gives a number from 0 to 1. `compose` by kind of delivery."""

    log: DeliveryLog
    webhook: Callable[[str], Webhook | None]
    compose: Mapping[str, Compose]
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
    if item.get("claimed_until", "") > moments.to_text(now):
        raise StillClaimed
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
    return "webhook_off" if webhook.off else None


def _call(item: Item, webhook: Webhook | None, now: datetime, needs: DeliverNeeds) -> Outcome:
    if needs.time_left() < LONGEST_CALL_S:
        raise NoTimeLeft
    try:
        call = needs.compose[item["kind"]](from_item(item), webhook, now)
    except LeftOut as left_out:
        return _end(item, State.SUPPRESSED, {"reason": left_out.reason}, needs)
    claimed = _claim(item, now, needs)
    try:
        answer = needs.transport.post(call.url, call.body, call.headers, call.method)
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
    """Gives the item as it is claimed. Nobody else writes the name of the claim, so a lost answer
    is known from another run's claim."""
    claim = ids.new_id()
    try:
        retrying(
            lambda _: needs.log.claim(item, claim, now),
            needs.pause,
            on=UNWRITTEN,
            time_left=lambda: needs.time_left() - LONGEST_CALL_S,
        )
    except WriteRefused as error:
        if (error.current or {}).get("claim") != claim:
            raise StillClaimed from error
    first = item.get("tried_from", moments.to_text(now))
    return {**item, "attempts": item["attempts"] + 1, "tried_from": first}


def _postpone(
    item: Item, until: datetime, facts: Item, needs: DeliverNeeds, gone: tuple[str, ...] = ()
) -> Outcome:
    _note(lambda: needs.log.postpone(item, until, facts, gone), needs)
    return Outcome.POSTPONED


def _end(
    item: Item, state: State, facts: Item, needs: DeliverNeeds, gone: tuple[str, ...] = ()
) -> Outcome:
    _note(lambda: needs.log.end(item, state, facts, gone), needs)
    return Outcome(state.value)


def _note(write: Callable[[], None], needs: DeliverNeeds) -> None:
    """A refusal means that it is noted, by our own lost try or by another run."""
    with suppress(WriteRefused):
        retrying(
            lambda _: write(), needs.pause, NOTE_TRIES, (*UNWRITTEN, Unavailable), needs.time_left
        )
