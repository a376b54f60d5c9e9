"""Gives a letter to the mail service. SES has no idempotency token, so the call is counted on
the item before it is made. A call that never left or was refused is taken back and tried again
for as long as it takes. Of calls whose outcome is not known there are two at most, in whatever
history: the second is the one repeat, with the same links (docs/decisions/0022)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from chalicelib import ids, moments
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.errors import (
    HeedError,
    MailNotTaken,
    MailRefused,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.invitations.throttle import Person
from chalicelib.logs import log_failure
from chalicelib.mail.letter import Sender
from chalicelib.mail.message import address_of
from chalicelib.mail.posture import Posture
from chalicelib.mail.store import OutboxStore, unknown_calls
from chalicelib.responses.response import Response
from chalicelib.retry import no_limit, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tally.shards import ShardOf

MOST_UNKNOWN: Final = 2
# A note that is lost may cost a second e-mail, so it is tried more often than other writes.
NOTE_TRIES: Final = 30
# Seconds: the claim, and the call of the service.
LONGEST_CALL_S: Final = 24.0
UNWRITTEN: Final = (WriteConflict, OutcomeUnknown)
A_MINUTE = timedelta(minutes=1)


class Outcome(StrEnum):
    """What became of a message of the queue. SETTLED: there was nothing left to send."""

    SETTLED = "settled"
    SENT = Status.SENT.value
    SUPPRESSED = Status.SUPPRESSED.value
    POSTPONED = "postponed"
    UNKNOWN = Status.UNKNOWN.value


class Mailer(Protocol):
    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        """Gives the service's message id. Raises MailNotTaken, MailRefused or
        OutcomeUnknown."""


class StillClaimed(HeedError):
    """Another run is sending this item. Try again later."""


class NoTimeLeft(HeedError):
    """The call might be cut off by the end of the function. Try again later."""


@dataclass(frozen=True)
class SendNeeds:
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


@dataclass(frozen=True)
class Parcel:
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
    refuse_late(needs)
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


def refuse_claimed(item: Item, now: datetime) -> None:
    """Raises StillClaimed. A claim that is over was broken off, and its call stays counted."""
    if item.get("claimed_until", "") > moments.to_text(now):
        raise StillClaimed


def refuse_late(needs: SendNeeds) -> None:
    """Raises NoTimeLeft."""
    if needs.time_left() < LONGEST_CALL_S:
        raise NoTimeLeft


def suppress_item(item: Item, reason: str, needs: SendNeeds) -> Outcome:
    note(lambda _: needs.outbox.suppress(item, reason), needs)
    return Outcome.SUPPRESSED


def note(write: Callable[[int], None], needs: SendNeeds) -> None:
    """A refusal means that it is noted, by our own lost try or by another run."""
    with suppress(WriteRefused):
        write_often(write, needs)


def write_often(write: Callable[[int], None], needs: SendNeeds) -> None:
    """`write` takes the number of the try. Raises WriteRefused and, after all tries or the
    time, Unavailable."""
    retrying(write, needs.pause, NOTE_TRIES, (*UNWRITTEN, Unavailable), needs.time_left)


def _claim(item: Item, now: datetime, needs: SendNeeds) -> Item:
    """Gives the item as it is claimed. Nobody else writes the name of the claim, so a lost answer
    is known from another run's claim."""
    claim = ids.new_id()
    try:
        retrying(
            lambda _: needs.outbox.claim(item, claim, now),
            needs.pause,
            on=UNWRITTEN,
            time_left=lambda: needs.time_left() - LONGEST_CALL_S,
        )
    except WriteRefused as error:
        if (error.current or {}).get("claim") != claim:
            raise StillClaimed from error
    return {**item, "attempts": item["attempts"] + 1}


def _postpone(item: Item, until: datetime, unknown: int, needs: SendNeeds) -> Outcome:
    note(lambda _: needs.outbox.postpone(item, until, unknown), needs)
    return Outcome.POSTPONED


def _give_up(mark: Mark) -> Outcome:
    mark(None)
    return Outcome.UNKNOWN
