"""Sends what is queued: an invitation, its reminder, or the follow-up of its
answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.claims import refuse_claimed, refuse_late, write_often
from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import Invitation, Reason, is_queued
from chalicelib.invitations.items import from_item as invitation_from_item
from chalicelib.invitations.throttle import reason_not_to_mail
from chalicelib.mail.deliver import (
    LONGEST_CALL_S,
    Mark,
    Outcome,
    Parcel,
    SendNeeds,
    deliver,
    note,
    suppress_item,
)
from chalicelib.mail.letter import (
    LetterContext,
    Sender,
    follow_up_letter,
    invitation_letter,
    reminder_letter,
)
from chalicelib.mail.store import SentFacts
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item, Key
from chalicelib.tasks.follow_up import reason_not_to_follow_up

ERASED: Final = Reason.ERASED.value  # the answer, or the invitation itself


class MailKind(Struct, frozen=True):
    """`stopped_by` gives the reason not to send that is in the answer; None: no answer is read.
    `expires`: it is not sent after the invitation's end. `marking` gives the function that
    marks the item as sent."""

    key: Callable[[str], Key]
    letter: Callable[[LetterContext, Sender], bytes]
    marking: Callable[[Item, LetterContext, datetime, SendNeeds], Mark]
    stopped_by: Callable[[Survey, Response | None], str | None] | None = None
    expires: bool = True


def send(kind: MailKind, invitation_id: str, now: datetime, needs: SendNeeds) -> Outcome:
    """Raises StillClaimed or NoTimeLeft."""
    refuse_late(LONGEST_CALL_S, needs.time_left)
    key = kind.key(invitation_id)
    item = needs.outbox.get(key)
    if item is None or not is_queued(item):
        return Outcome.SETTLED
    refuse_claimed(item, now)
    asking = keys.invitation(invitation_id)
    asked = item if key == asking else needs.outbox.get(asking)
    invitation = invitation_from_item(asked) if asked else None
    response = needs.response(invitation_id) if kind.stopped_by else None
    survey, sealed = needs.survey(item["survey"]), None
    stopped = kind.stopped_by(survey, response) if kind.stopped_by else None
    reason = stopped or _reason_not_to_send(kind, invitation, survey, now, needs)
    if invitation is None or reason:
        return suppress_item(item, reason or ERASED, needs)
    if invitation.places is not None:
        sealed = needs.ballot_keys(survey.id)
        if sealed is None:  # it is closed, and nobody can answer
            return suppress_item(item, Reason.EXPIRED, needs)
    context = LetterContext(invitation, survey, response, sealed)
    mark = kind.marking(item, context, now, needs)
    letter = kind.letter(context, needs.sender())
    tags = {"invitation": item["id"], "kind": item["SK"].lower()}
    return deliver(item, Parcel(letter, invitation.email, tags), mark, now, needs)


def _reason_not_to_send(
    kind: MailKind,
    invitation: Invitation | None,
    survey: Survey,
    now: datetime,
    needs: SendNeeds,
) -> str | None:
    if invitation is None:
        return None
    silent = reason_not_to_mail(invitation, needs.person(invitation.person))
    late = kind.expires and (survey.closed or now >= invitation.expires_at)
    return silent or (Reason.EXPIRED if late else None)


def reason_not_to_remind(_: Survey, response: Response | None) -> str | None:
    # The reminder of a held answer asks to confirm it.
    if response is None or response.state is State.HELD:
        return None
    return ERASED if response.gone else "answered"


def _marking_invitation(
    item: Item, context: LetterContext, now: datetime, needs: SendNeeds
) -> Mark:
    survey = context.survey
    day = moments.day_in(now, survey.tz).isoformat()
    reminds = survey.reminder_days and "sent_again_at" not in item
    remind_at = now + timedelta(days=survey.reminder_days) if reminds else None
    facts = SentFacts(day, needs.posture(context.invitation.email, now), remind_at)

    def write(message_id: str | None, known: Item, attempt: int) -> None:
        shard = needs.shard_of(known["survey"], attempt)
        needs.outbox.invitation_sent(known, message_id, facts, now, shard)

    def mark(message_id: str | None) -> None:
        try:
            write_often(partial(write, message_id, item), needs.pause, needs.time_left)
        except WriteRefused as refused:
            # Still queued: an answer came before this note. That can happen only once.
            if refused.current and is_queued(refused.current):
                note(partial(write, message_id, refused.current), needs)

    return mark


def _marking(item: Item, context: LetterContext, now: datetime, needs: SendNeeds) -> Mark:
    person = context.invitation.person

    def mark(message_id: str | None) -> None:
        note(lambda _: needs.outbox.note_sent(item, person, message_id, now), needs)

    return mark


INVITATION: Final = MailKind(keys.invitation, invitation_letter, _marking_invitation)
REMINDER: Final = MailKind(keys.reminder, reminder_letter, _marking, reason_not_to_remind)
FOLLOW_UP: Final = MailKind(
    keys.follow_up, follow_up_letter, _marking, reason_not_to_follow_up, expires=False
)
