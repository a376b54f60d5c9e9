"""Takes what Slack sends when a button of a webhook's message is pressed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from msgspec import Struct

from chalicelib import ids, keys
from chalicelib.errors import (
    NotFound,
    OutcomeUnknown,
    TooLarge,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.notify.chat.press import press_in
from chalicelib.notify.chat.slack_signature import verify
from chalicelib.notify.chat.take_press import TakePressNeeds, take_press
from chalicelib.retry import retrying
from chalicelib.table import Put
from chalicelib.web.idempotency import DeliveryStore, Once
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import Kind, Off, Webhook

# Slack sends the message along, which may hold 50 blocks.
LARGEST_BODY: Final = 256 * 1024
UNWRITTEN: Final = (WriteConflict, OutcomeUnknown, Unavailable)


class TakeActionNeeds(Struct, frozen=True):
    """`secrets_of` gives Slack's signing secrets of a webhook. `write` as Table.write."""

    webhooks: WebhookStore
    secrets_of: Callable[[Webhook], Sequence[str]]
    write: Callable[[Put], None]
    press: TakePressNeeds


def take_action(
    webhook_id: str, raw: bytes, headers: Mapping[str, str], now: datetime, needs: TakeActionNeeds
) -> None:
    """Raises NotFound, TooLarge, Unauthenticated, BadRequest or Unavailable."""
    if len(raw) > LARGEST_BODY:
        raise TooLarge(LARGEST_BODY)
    webhook = needs.webhooks.get(webhook_id)
    if webhook.kind is not Kind.SLACK or webhook.off is Off.BY_KEY:
        raise NotFound("webhook")
    signature = verify(raw, headers, needs.secrets_of(webhook), now)
    press = press_in(raw)
    if press and _is_new(webhook, signature, now, needs):
        reaches = partial(_reaches, webhook)
        take_press(press, reaches, now, needs.press, webhook.lang)


def _is_new(webhook: Webhook, signature: str, now: datetime, needs: TakeActionNeeds) -> bool:
    """Slack does not repeat a press. Somebody who recorded one may, while its signature is
    fresh."""
    mine = ids.new_id()
    once = Once(keys.seen("slack", f"{webhook.id}#{signature}"), {"press": mine})
    note = DeliveryStore.remember(once, webhook.id, now)
    try:
        retrying(lambda _: needs.write(note), needs.press.change.pause, on=UNWRITTEN)
    except WriteRefused as refused:
        # A lost answer of our own try is no replay.
        return (refused.current or {}).get("press") == mine
    return True


def _reaches(webhook: Webhook, survey: str) -> bool:
    return webhook.surveys is None or survey in webhook.surveys
