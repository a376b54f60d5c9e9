"""How a webhook does: it is paused when it asks for it, and turned off when it is gone or took
nothing for days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.errors import TransportError
from chalicelib.logs import logger
from chalicelib.notify.transport import GONE
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import FAILED_FOR, Off, Webhook

# One that is slow would hold up the calls of the others.
SLOW_PAUSE: Final = timedelta(seconds=60)
BUSY: Final = (429, 502, 503, 504)


@dataclass(frozen=True)
class Health:
    webhooks: WebhookStore

    def took(self, webhook: Webhook) -> None:
        self.webhooks.note_success(webhook)

    def refused(self, webhook: Webhook, error: TransportError, now: datetime) -> None:
        found = self.webhooks.note_failure(webhook, now, _pause(error, now))
        since = found.failing_since or now
        if error.status == GONE:
            self._turn_off(found, Off.GONE)
        elif now - since >= FAILED_FOR:
            self._turn_off(found, Off.FAILED)

    def _turn_off(self, webhook: Webhook, off: Off) -> None:
        if self.webhooks.turn_off(webhook, off):
            logger().warning("webhook off", extra={"webhook": webhook.id, "reason": off.value})


def _pause(error: TransportError, now: datetime) -> datetime | None:
    """Until when nothing is sent there."""
    if error.retry_after is not None and error.status in BUSY:
        return now + timedelta(seconds=error.retry_after)
    is_slow = error.code == "timeout" or error.status in BUSY
    return now + SLOW_PAUSE if is_slow else None
