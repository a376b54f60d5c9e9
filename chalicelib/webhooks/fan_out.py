"""An event becomes one delivery for each webhook that wants it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from chalicelib.retry import WRITE_FAILED, retrying
from chalicelib.webhooks.delivery import Delivery, State, delivery_id
from chalicelib.webhooks.delivery_log import DeliveryLog
from chalicelib.webhooks.webhook import Webhook

# Of these a webhook may choose. The others drive our own mail and calls, or name a person by an
# id that nobody outside knows.
CHOICE: Final = (
    "ResponseRecorded",
    "ResponseChanged",
    "ResponseErased",
    "AnswersReleased",
    "TaskOpened",
    "TaskOverdue",
    "TaskClosed",
)
# Of an answer only its ids are kept: the rest is read when the call is made, or is erased by then.
OF_AN_ANSWER: Final = ("ResponseRecorded", "ResponseChanged")
KEPT_OF_AN_ANSWER: Final = ("response", "survey")
OF_THE_EVENT: Final = ("id", "version", "occurred_at")
WEBHOOK_OFF: Final = "webhook_off"


class FanOutNeeds(Struct, frozen=True):
    webhooks: Callable[[], Sequence[Webhook]]
    log: DeliveryLog
    pause: Callable[[int], None]


def fan_out(event: str, detail: dict[str, Any], now: datetime, needs: FanOutNeeds) -> int:
    """Gives how many there are. Safe to run twice: a delivery has the id of webhook and event,
    and is written only if new."""
    wanting = [one for one in needs.webhooks() if one.wants(event, detail["survey"])]
    for webhook in wanting:
        _add(delivery_of(webhook, event, detail, now), needs)
    return len(wanting)


def _add(delivery: Delivery, needs: FanOutNeeds) -> None:
    retrying(lambda _: needs.log.add(delivery), needs.pause, on=WRITE_FAILED)


def delivery_of(webhook: Webhook, event: str, detail: dict[str, Any], now: datetime) -> Delivery:
    """Of a webhook that is off it is written down, so that it can be sent later."""
    names = KEPT_OF_AN_ANSWER if event in OF_AN_ANSWER else detail.keys() - set(OF_THE_EVENT)
    return Delivery(
        id=delivery_id(webhook.id, detail["id"]),
        kind=webhook.kind.value,
        to=webhook.id,
        event=event,
        survey=detail["survey"],
        happened_at=detail["occurred_at"],
        created_at=now,
        facts={name: detail[name] for name in sorted(names)},
        state=State.SUPPRESSED if webhook.off else State.QUEUED,
        reason=WEBHOOK_OFF if webhook.off else None,
    )
