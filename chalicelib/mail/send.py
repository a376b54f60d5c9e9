"""Sends what is queued, each once. SES has no idempotency token, so an item is claimed
before the call; what is not known to have been taken is tried once more, with the same
links, and then taken as sent (docs/decisions/0004)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from chalicelib import keys, moments
from chalicelib.errors import (
    HeedError,
    MailRefused,
    MailThrottled,
    OutcomeUnknown,
    WriteRefused,
)
from chalicelib.invitations.invitation import Reason, Status, is_queued
from chalicelib.invitations.items import from_item as invitation_from_item
from chalicelib.invitations.throttle import Person, reason_not_to_mail
from chalicelib.mail.letter import Sender, follow_up_letter, invitation_letter, reminder_letter
from chalicelib.mail.message import address_of
from chalicelib.mail.posture import Posture
from chalicelib.mail.store import OutboxStore, SentFacts
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tally.tally import write_counted
from chalicelib.tasks.follow_up import reason_not_to_follow_up

UNKNOWN_TRIES = 2
A_MINUTE = timedelta(minutes=1)


class Mailer(Protocol):
    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        """Gives the service's message id. Raises MailThrottled, MailRefused or
        OutcomeUnknown."""


class StillClaimed(HeedError):
    """Another run is at it: come again later and see what became of it."""


@dataclass(frozen=True)
class Sending:
    outbox: OutboxStore
    person: Callable[[str], Person]
    survey: Callable[[str], Survey]
    response: Callable[[str], Response | None]
    posture: Callable[[str, datetime], Posture]
    mailer: Mailer
    sender: Callable[[], Sender]
    pause: Callable[[int], None]
    pick: Callable[[int], int]


def send_invitation(invitation_id: str, now: datetime, needs: Sending) -> str:
    """Gives what became of it, in a word."""
    item = needs.outbox.get(keys.invitation(invitation_id))
    if item is None or not is_queued(item):
        return "settled"
    invitation = invitation_from_item(item)
    survey = needs.survey(invitation.survey)
    silent = reason_not_to_mail(invitation, needs.person(invitation.person))
    if silent or now >= invitation.expires_at:
        return _suppress(item, silent or Reason.EXPIRED, needs)
    day = moments.day_in(now, survey.tz).isoformat()
    remind_at = now + timedelta(days=survey.reminder_days) if survey.reminder_days else None
    facts = SentFacts(day, needs.posture(invitation.email, now), remind_at)

    def mark(message_id: str | None) -> None:
        _note_invitation(item, message_id, facts, now, needs)

    letter = invitation_letter(invitation, survey, needs.sender())
    return _send(item, letter, invitation.email, mark, now, needs)


def send_reminder(invitation_id: str, now: datetime, needs: Sending) -> str:
    """Gives what became of it, in a word."""
    item = needs.outbox.get(keys.reminder(invitation_id))
    if item is None or not is_queued(item):
        return "settled"
    asked = needs.outbox.get(keys.invitation(invitation_id))
    response = needs.response(invitation_id)
    reason = reason_not_to_remind(response)
    if asked is None or reason:
        return _suppress(item, reason or "erased", needs)
    invitation = invitation_from_item(asked)
    silent = reason_not_to_mail(invitation, needs.person(invitation.person))
    if silent or now >= invitation.expires_at:
        return _suppress(item, silent or Reason.EXPIRED, needs)

    def mark(message_id: str | None) -> None:
        _note_sent(item, invitation.person, message_id, now, needs)

    survey = needs.survey(invitation.survey)
    letter = reminder_letter(invitation, survey, needs.sender(), held=response is not None)
    return _send(item, letter, invitation.email, mark, now, needs)


def reason_not_to_remind(response: Response | None) -> str | None:
    """Who answered needs no reminder; who is held is asked to confirm."""
    if response is None or response.state is State.HELD:
        return None
    return "erased" if response.gone else "answered"


def send_follow_up(response_id: str, now: datetime, needs: Sending) -> str:
    """Gives what became of it, in a word."""
    item = needs.outbox.get(keys.follow_up(response_id))
    if item is None or not is_queued(item):
        return "settled"
    asked = needs.outbox.get(keys.invitation(response_id))
    response = needs.response(response_id)
    reason = reason_not_to_follow_up(response)
    if asked is None or response is None or reason:
        return _suppress(item, reason or "erased", needs)
    invitation = invitation_from_item(asked)
    silent = reason_not_to_mail(invitation, needs.person(invitation.person))
    if silent:
        return _suppress(item, silent, needs)

    def mark(message_id: str | None) -> None:
        _note_sent(item, invitation.person, message_id, now, needs)

    survey = needs.survey(invitation.survey)
    letter = follow_up_letter(invitation, response, survey, needs.sender())
    return _send(item, letter, invitation.email, mark, now, needs)


def _note_invitation(
    item: Item, message_id: str | None, facts: SentFacts, now: datetime, needs: Sending
) -> None:
    def noted(known: Item, shard: int) -> None:
        needs.outbox.invitation_sent(known, message_id, facts, now, shard)

    try:
        write_counted(partial(noted, item), needs.pause, needs.pick)
    except WriteRefused as refused:
        # Still queued: an answer came before this note, and may come before it once only.
        if refused.current and is_queued(refused.current):
            _note(partial(noted, refused.current), needs)


def _note_sent(
    item: Item, person: str, message_id: str | None, now: datetime, needs: Sending
) -> None:
    _note(lambda shard: needs.outbox.note_sent(item, person, message_id, now), needs)


def _send(
    item: Item,
    letter: bytes,
    recipient: str,
    mark: Callable[[str | None], None],
    now: datetime,
    needs: Sending,
) -> str:
    _claim(item, now, needs)
    sender = address_of(needs.sender().mail_from)
    tags = {"invitation": item["id"], "kind": item["SK"].lower()}
    try:
        message_id = needs.mailer.send(letter, sender, recipient, tags)
    except MailThrottled as error:
        needs.outbox.postpone(item, now + timedelta(seconds=error.retry_after))
        return "postponed"
    except MailRefused:
        return _suppress(item, Reason.MAIL_REFUSED, needs)
    except OutcomeUnknown:
        if item["attempts"] + 1 < UNKNOWN_TRIES:
            needs.outbox.postpone(item, now + A_MINUTE)
            return "postponed"
        mark(None)
        return "unknown"
    mark(message_id)
    return Status.SENT


def _claim(item: Item, now: datetime, needs: Sending) -> None:
    if item.get("claimed_until", "") > moments.to_text(now):
        raise StillClaimed
    try:
        needs.outbox.claim(item, now)
    except WriteRefused as error:
        raise StillClaimed from error


def _suppress(item: Item, reason: str, needs: Sending) -> str:
    needs.outbox.suppress(item, reason)
    return Status.SUPPRESSED


def _note(write: Callable[[int], None], needs: Sending) -> None:
    """The mail is out: try hard to write it down before giving the queue a second go.
    A refusal means that it is written, by our own lost try or by another run."""
    with suppress(WriteRefused):
        write_counted(write, needs.pause, needs.pick)
