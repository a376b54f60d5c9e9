"""How a webhook does: it is paused when it asks for it, and turned off when it is gone or took
nothing for days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.logs import logger
from chalicelib.notify.call import REVOKED
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.webhook_troubles import letters_of
from chalicelib.notify.transport import GONE, TransportError
from chalicelib.retry import WRITE_FAILED, retrying
from chalicelib.teams.team import Team
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import FAILED_FOR, WARNED_AFTER, Off, Webhook

T = TypeVar("T")
# One that is slow would hold up the calls of the others.
SLOW_PAUSE: Final = timedelta(seconds=60)
BUSY: Final = (429, 502, 503, 504)


class Health(Struct, frozen=True):
    """`team` finds by id; its people are told."""

    webhooks: WebhookStore
    letters: LetterStore
    team: Callable[[str], Team | None]
    pause: Callable[[int], None]

    def took(self, webhook: Webhook) -> None:
        self._tried(lambda: self.webhooks.note_success(webhook))

    def refused(self, webhook: Webhook, error: TransportError, now: datetime) -> None:
        pause = _pause(error, now)
        found = self._tried(lambda: self.webhooks.note_failure(webhook, now, pause))
        failed_for = now - (found.failing_since or now)
        if error.status == GONE or error.code == REVOKED:
            self._turn_off(found, Off.GONE, failed_for, now)
        elif failed_for >= FAILED_FOR:
            self._turn_off(found, Off.FAILED, failed_for, now)
        elif passed := [after for after in WARNED_AFTER if failed_for >= after]:
            self._tell(found, passed[-1], now)

    def _turn_off(self, webhook: Webhook, off: Off, failed_for: timedelta, now: datetime) -> None:
        # Told first: a run that breaks off in between does both again, and a letter goes once.
        self._tell(replace(webhook, off=off), failed_for, now)
        if self._tried(lambda: self.webhooks.turn_off(webhook, off)):
            logger().warning("webhook off", extra={"webhook": webhook.id, "reason": off.value})

    def _tell(self, webhook: Webhook, after: timedelta, now: datetime) -> None:
        for letter in letters_of(webhook, self.team(webhook.team), now, after):
            self._tried(partial(self.letters.add, letter))

    def _tried(self, write: Callable[[], T]) -> T:
        """A note that is lost would make the call again."""
        return retrying(lambda _: write(), self.pause, on=WRITE_FAILED)


def _pause(error: TransportError, now: datetime) -> datetime | None:
    """Until when nothing is sent there."""
    if error.retry_after is not None and error.status in BUSY:
        return now + timedelta(seconds=error.retry_after)
    is_slow = error.code == "timeout" or error.status in BUSY
    return now + SLOW_PAUSE if is_slow else None
