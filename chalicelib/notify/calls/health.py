"""How a webhook does: it is paused when it asks for it, and turned off when it is gone or took
nothing for days."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.logs import logger
from chalicelib.notify.call import REVOKED
from chalicelib.notify.letter import Letter
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.webhook_troubles import letters_of
from chalicelib.notify.transport import GONE, TransportError
from chalicelib.retry import WRITE_FAILED, retrying
from chalicelib.teams.team import Team
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import FAILED_FOR, WARNED_AFTER, Off, Webhook

# One that is slow would hold up the calls of the others.
SLOW_PAUSE: Final = timedelta(seconds=60)
BUSY: Final = (429, 502, 503, 504)


@dataclass(frozen=True)
class Health:
    """`team` finds by id; its people are told."""

    webhooks: WebhookStore
    letters: LetterStore
    team: Callable[[str], Team | None]
    pause: Callable[[int], None]

    def took(self, webhook: Webhook) -> None:
        self.webhooks.note_success(webhook)

    def refused(self, webhook: Webhook, error: TransportError, now: datetime) -> None:
        found = self.webhooks.note_failure(webhook, now, _pause(error, now))
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
        if self.webhooks.turn_off(webhook, off):
            logger().warning("webhook off", extra={"webhook": webhook.id, "reason": off.value})

    def _tell(self, webhook: Webhook, after: timedelta, now: datetime) -> None:
        for letter in letters_of(webhook, self.team(webhook.team), now, after):
            self._add(letter)

    def _add(self, letter: Letter) -> None:
        retrying(lambda _: self.letters.add(letter), self.pause, on=WRITE_FAILED)


def _pause(error: TransportError, now: datetime) -> datetime | None:
    """Until when nothing is sent there."""
    if error.retry_after is not None and error.status in BUSY:
        return now + timedelta(seconds=error.retry_after)
    is_slow = error.code == "timeout" or error.status in BUSY
    return now + SLOW_PAUSE if is_slow else None
