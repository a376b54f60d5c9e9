"""Gives a letter to the mail service. SES has no idempotency token, so the call is counted on
the item before it is made. A call that never left or was refused is taken back and tried again
for as long as it takes. Of calls whose outcome is not known there are two at most, in whatever
history: the second is the one repeat, with the same links (docs/decisions/0022)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from msgspec import Struct

from chalicelib import claims
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.claims import refuse_late
from chalicelib.errors import MailNotTaken, MailRefused, OutcomeUnknown
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.invitations.throttle import Person
from chalicelib.logs import log_failure
from chalicelib.mail.letter import Sender
from chalicelib.mail.message import address_of
from chalicelib.mail.posture import Posture
from chalicelib.mail.store import OutboxStore, unknown_calls
from chalicelib.responses.response import Response
from chalicelib.retry import no_limit
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tally.shards import ShardOf

MOST_UNKNOWN: Final = 2
# Seconds: the claim, and the call of the service.
LONGEST_CALL_S: Final = 24.0
A_MINUTE = timedelta(minutes=1)


class Outcome(StrEnum):
    """What became of a message of the queue. SETTLED: there was nothing left to send. PUT_OFF: its
    time has not come."""

    SETTLED = "settled"
    SENT = Status.SENT.value
    SUPPRESSED = Status.SUPPRESSED.value
    POSTPONED = "postponed"
    PUT_OFF = "put_off"
    UNKNOWN = Status.UNKNOWN.value


class Mailer(Protocol):
    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        """Gives the service's message id. Raises MailNotTaken, MailRefused or
        OutcomeUnknown."""


class SendNeeds(Struct, frozen=True):
    """`time_left` gives the seconds in which another write may begin."""

    outbox: OutboxStore
    person: Callable[[str], Person]
    survey: Callable[[str], Survey]
    ballot_keys: Callable[[str], BallotKeys | None]
    response: Callable[[str], Response | None]
    posture: Callable[[str, datetime], Posture]
    mailer: Mailer
    sender: Callable[[], Sender]
    pause: Callable[[int], None]
    shard_of: ShardOf
    time_left: Callable[[], float] = no_limit


Mark = Callable[[str | None], None]  # takes the message id, None when it is not known


class Parcel(Struct, frozen=True):
    """`tags` come back with a bounce: ids, and the kind of the item."""

    raw: bytes
    recipient: str
    tags: dict[str, str]


def deliver(item: Item, parcel: Parcel, mark: Mark, now: datetime, needs: SendNeeds) -> Outcome:
    """Raises StillClaimed or NoTimeLeft."""
    before = unknown_calls(item)
    if before and "asked_day" in item:  # it was answered, so it came
        mark(None)
        return Outcome.SENT
    if before >= MOST_UNKNOWN:
        return _give_up(mark)
    refuse_late(LONGEST_CALL_S, needs.time_left)
    claimed = _claim(item, now, needs)
    sender = address_of(needs.sender().mail_from)
    try:
        message_id = needs.mailer.send(parcel.raw, sender, parcel.recipient, parcel.tags)
    except MailNotTaken as error:
        log_failure("mail_not_taken", error.__cause__ or error)
        wait = timedelta(seconds=error.retry_after)
        return _postpone(claimed, now + wait, before, needs)
    except MailRefused:
        return suppress_item(claimed, Reason.MAIL_REFUSED, needs)
    except OutcomeUnknown:
        if before + 1 >= MOST_UNKNOWN:
            return _give_up(mark)
        return _postpone(claimed, now + A_MINUTE, before + 1, needs)
    mark(message_id)
    return Outcome.SENT


def suppress_item(item: Item, reason: str, needs: SendNeeds) -> Outcome:
    note(lambda _: needs.outbox.suppress(item, reason), needs)
    return Outcome.SUPPRESSED


def note(write: Callable[[int], None], needs: SendNeeds) -> None:
    """As claims.note."""
    claims.note(write, needs.pause, needs.time_left)


def _claim(item: Item, now: datetime, needs: SendNeeds) -> Item:
    """Gives the item as it is claimed."""
    claims.claim(
        lambda name: needs.outbox.claim(item, name, now),
        LONGEST_CALL_S,
        needs.pause,
        needs.time_left,
    )
    return {**item, "attempts": item["attempts"] + 1}


def _postpone(item: Item, until: datetime, unknown: int, needs: SendNeeds) -> Outcome:
    note(lambda _: needs.outbox.postpone(item, until, unknown), needs)
    return Outcome.POSTPONED


def _give_up(mark: Mark) -> Outcome:
    mark(None)
    return Outcome.UNKNOWN
