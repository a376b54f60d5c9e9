"""Gives a letter to the mail service once. SES has no idempotency token, so an item is claimed
before the call. When the outcome is not known, the letter is sent once more with the same
links, and then taken as sent (docs/decisions/0004)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from chalicelib import moments
from chalicelib.errors import (
    HeedError,
    MailRefused,
    MailThrottled,
    OutcomeUnknown,
    WriteRefused,
)
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.invitations.throttle import Person
from chalicelib.mail.letter import Sender
from chalicelib.mail.message import address_of
from chalicelib.mail.posture import Posture
from chalicelib.mail.store import OutboxStore
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item

UNKNOWN_TRIES = 2
A_MINUTE = timedelta(minutes=1)


class Outcome(StrEnum):
    """What became of a message of the queue. SETTLED: there was nothing left to send."""

    SETTLED = "settled"
    SENT = Status.SENT.value
    SUPPRESSED = Status.SUPPRESSED.value
    POSTPONED = "postponed"
    UNKNOWN = "unknown"


class Mailer(Protocol):
    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        """Gives the service's message id. Raises MailThrottled, MailRefused or
        OutcomeUnknown."""


class StillClaimed(HeedError):
    """Another run is sending this item. Try again later."""


@dataclass(frozen=True)
class SendNeeds:
    outbox: OutboxStore
    person: Callable[[str], Person]
    survey: Callable[[str], Survey]
    response: Callable[[str], Response | None]
    posture: Callable[[str, datetime], Posture]
    mailer: Mailer
    sender: Callable[[], Sender]
    pause: Callable[[int], None]
    pick: Callable[[int], int]


Mark = Callable[[str | None], None]  # takes the message id, None when it is not known


def deliver(
    item: Item, letter: bytes, recipient: str, mark: Mark, now: datetime, needs: SendNeeds
) -> Outcome:
    _claim(item, now, needs)
    sender = address_of(needs.sender().mail_from)
    tags = {"invitation": item["id"], "kind": item["SK"].lower()}
    try:
        message_id = needs.mailer.send(letter, sender, recipient, tags)
    except MailThrottled as error:
        needs.outbox.postpone(item, now + timedelta(seconds=error.retry_after))
        return Outcome.POSTPONED
    except MailRefused:
        return suppress_item(item, Reason.MAIL_REFUSED, needs)
    except OutcomeUnknown:
        if item["attempts"] + 1 < UNKNOWN_TRIES:
            needs.outbox.postpone(item, now + A_MINUTE)
            return Outcome.POSTPONED
        mark(None)
        return Outcome.UNKNOWN
    mark(message_id)
    return Outcome.SENT


def _claim(item: Item, now: datetime, needs: SendNeeds) -> None:
    if item.get("claimed_until", "") > moments.to_text(now):
        raise StillClaimed
    try:
        needs.outbox.claim(item, now)
    except WriteRefused as error:
        raise StillClaimed from error


def suppress_item(item: Item, reason: str, needs: SendNeeds) -> Outcome:
    needs.outbox.suppress(item, reason)
    return Outcome.SUPPRESSED
