"""What somebody who holds a receipt may do with the answer: read it; change or withdraw it while it
waits in the box; once it is published, write to the team about it and take away its words. Nobody
learns who asks."""

import hmac
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from chalicelib.ballots.ballot import receipt_hash, result_id
from chalicelib.ballots.conversation import Message, Side, said
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.ballots.receipts import ReceiptNeeds, find_ballot, withdraw_ballot
from chalicelib.discreet import Discreet
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.response import Response
from chalicelib.responses.take_words import day_after, take_words_of
from chalicelib.retry import reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Answers


class ByReceiptNeeds(Struct, frozen=True):
    ballots: ReceiptNeeds
    record: RecordNeeds
    conversations: ConversationStore


class Receipt(Discreet, frozen=True):
    hidden = ("comment", "answers")

    score: int | None
    comment: str | None
    is_published: bool
    messages: tuple[Message, ...] = ()
    takes_more: bool = False
    answers: Answers = field(default_factory=dict)
    is_named: bool = False


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
    said = (read.messages, takes_more, found.answers, found.is_named_ballot)
    return Receipt(found.score, found.comment, True, *said)


def write_to_team(
    survey: Survey, code: bytes, text: str, now: datetime, needs: ByReceiptNeeds
) -> bool:
    """False when no published answer has the receipt. The same words twice in a row are said
    once. Raises Conflict when the conversation has ended or is full, and Unavailable."""
    # Whoever reads the list every minute must not see when somebody wrote.
    message = Message(Side.PERSON, day_after(survey, now).isoformat(), text)

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
        take_words_of(found, survey, now, attempt, needs.record)
        return Withdrawn.WORDS

    return retrying(take_words, needs.record.pause)


def _result(survey: Survey, code: bytes, needs: ByReceiptNeeds) -> Response | None:
    found = needs.record.responses.find(result_id(code))
    if found is None or found.gone or found.survey != survey.id:
        return None
    return found if hmac.compare_digest(found.receipt or "", receipt_hash(code)) else None
