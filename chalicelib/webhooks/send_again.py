"""Sends again what was sent, or was in vain."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import ids, moments
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.webhooks.delivery import Delivery, State, delivery_id
from chalicelib.webhooks.delivery_log import DeliveryLog, from_item
from chalicelib.webhooks.webhook import Webhook

TESTED: Final = "WebhookTested"
# In one request.
MOST: Final = 200
UNTAKEN: Final = (State.FAILED, State.SUPPRESSED)


class Again(Struct, frozen=True):
    """`next`: from when on others are left."""

    deliveries: int
    next: datetime | None = None


def send_test(webhook: Webhook, now: datetime, log: DeliveryLog) -> str:
    """Gives the id of a delivery that tells nothing. Raises Conflict."""
    _refuse_off(webhook)
    made = Delivery(
        id=delivery_id(webhook.id, ids.new_id()),
        kind=webhook.kind.value,
        to=webhook.id,
        event=TESTED,
        survey=None,
        happened_at=moments.to_text(now),
        created_at=now,
        facts={"webhook": webhook.id},
    )
    log.add(made)
    return made.id


def send_one_again(webhook: Webhook, wanted: str, now: datetime, log: DeliveryLog) -> Again:
    """Raises NotFound or Conflict."""
    _refuse_off(webhook)
    item = log.find(wanted)
    if item is None or item["to"] != webhook.id:
        raise NotFound("delivery")
    delivery = from_item(item)
    return Again(int(_has_ended(delivery, taken_too=True) and log.send_again(delivery, now)))


def send_again_since(
    webhook: Webhook, since: datetime, taken_too: bool, now: datetime, log: DeliveryLog
) -> Again:
    """Raises Conflict."""
    _refuse_off(webhook)
    found = log.since(webhook.id, since, MOST)
    wanted = [one for one in found if _has_ended(one, taken_too)]
    done = sum(log.send_again(delivery, now) for delivery in wanted)
    # The last one comes twice, which sends it once: it waits by then.
    return Again(done, found[-1].created_at if len(found) == MOST else None)


def _has_ended(delivery: Delivery, taken_too: bool) -> bool:
    return delivery.state in (*UNTAKEN, *((State.SENT,) if taken_too else ()))


def _refuse_off(webhook: Webhook) -> None:
    if webhook.off:
        detail = "It is off. Enable it first."
        raise Conflict([FieldError("#", "webhook_off", detail)])
