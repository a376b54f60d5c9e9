"""What somebody who holds a receipt may do with the answer: read it; change or withdraw it while it
waits in the box; once it is published, write to the team about it and take away its words. Nobody
learns who asks."""

import hmac
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib import moments
from chalicelib.ballots.ballot import receipt_hash, result_id
from chalicelib.ballots.conversation import Message, Side, said
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.ballots.receipts import ReceiptNeeds, find_ballot, withdraw_ballot
from chalicelib.responses.record import RecordNeeds, write
from chalicelib.responses.response import Response
from chalicelib.retry import reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Answers, words_of

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ByReceiptNeeds:
    ballots: ReceiptNeeds
    record: RecordNeeds
    conversations: ConversationStore


@dataclass(frozen=True)
class Receipt:
    score: int | None
    comment: str | None = field(repr=False)
    is_published: bool
    messages: tuple[Message, ...] = ()
    takes_more: bool = False
    answers: Answers = field(default_factory=dict, repr=False)


class Withdrawn(StrEnum):
    NOTHING = "nothing"
    BALLOT = "ballot"
    WORDS = "words"


def read_by_receipt(survey: Survey, code: bytes, needs: ByReceiptNeeds) -> Receipt | None:
    """Raises Unavailable."""
    ballot = find_ballot(survey.id, code, needs.ballots)
    if ballot:
        return Receipt(ballot.score, ballot.comment, False, answers=ballot.answers)
    found = reading(lambda: _result(survey, code, needs), needs.record.pause)
    if found is None:
        return None
    read = reading(lambda: needs.conversations.find(survey.id, found.id), needs.record.pause)
    takes_more = not (read.ended or read.is_full)
    return Receipt(found.score, found.comment, True, read.messages, takes_more, found.answers)


def write_to_team(
    survey: Survey, code: bytes, text: str, now: datetime, needs: ByReceiptNeeds
) -> bool:
    """False when no published answer has the receipt. The same words twice in a row are said
    once. Raises Conflict when the conversation has ended or is full, and Unavailable."""
    # Whoever reads the list every minute must not see when somebody wrote.
    message = Message(Side.PERSON, tomorrow(survey, now).isoformat(), text)

    def write_message(_: int) -> bool:
        found = _result(survey, code, needs)
        if found is None:
            return False
        before = needs.conversations.find(survey.id, found.id)
        after = said(before, message)
        if after is not before:
            needs.conversations.put(before, after)
        return True

    return retrying(write_message, needs.record.pause)


def withdraw(survey: Survey, code: bytes, now: datetime, needs: ByReceiptNeeds) -> Withdrawn:
    """Safe to run twice. Raises BallotPublished while a release moves it, and Unavailable."""
    if withdraw_ballot(survey.id, code, needs.ballots):
        return Withdrawn.BALLOT

    def take_words(attempt: int) -> Withdrawn:
        found = _result(survey, code, needs)
        if found is None:
            return Withdrawn.NOTHING
        needs.conversations.end(survey.id, found.id)
        write(found, without_words(found, survey, now), attempt, needs.record)
        return Withdrawn.WORDS

    return retrying(take_words, needs.record.pause)


def _result(survey: Survey, code: bytes, needs: ByReceiptNeeds) -> Response | None:
    found = needs.record.responses.find(result_id(code))
    if found is None or found.gone or found.survey != survey.id:
        return None
    return found if hmac.compare_digest(found.receipt or "", receipt_hash(code)) else None


def without_words(found: Response, survey: Survey, now: datetime) -> Response:
    words = words_of(found.answers)
    if found.comment is None and not words:
        return found
    # What was chosen of options is a number, as the score is.
    left = {name: given for name, given in found.answers.items() if name not in words}
    # No hour of the day may tell who it was. A reader of changes finds it behind all of today.
    changed_at = moments.start_of(tomorrow(survey, now), survey.tz)
    after = replace(found, comment=None, answers=left)
    return replace(after, version=found.version + 1, changed_at=changed_at)


def tomorrow(survey: Survey, now: datetime) -> date:
    return moments.day_in(now, survey.tz) + A_DAY
