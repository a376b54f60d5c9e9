"""The team's word to whoever gave a published answer of a sealed survey."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from chalicelib import moments
from chalicelib.ballots.conversation import Message, Side, said
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.errors import NotFound
from chalicelib.responses.response import Response
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey


class ReplyNeeds(Struct, frozen=True):
    """`answer_of` finds a published answer by its id. `pause(attempt)` waits between tries, with
    jitter."""

    conversations: ConversationStore
    answer_of: Callable[[str], Response | None]
    pause: Callable[[int], None]


def reply(survey: Survey, answer: str, text: str, now: datetime, needs: ReplyNeeds) -> Message:
    """The same words twice in a row are said once. Raises NotFound, Conflict when the
    conversation has ended or is full, and Unavailable."""
    message = Message(Side.TEAM, moments.day_in(now, survey.tz).isoformat(), text)

    def write(_: int) -> Message:
        found = needs.answer_of(answer)
        if found is None or found.survey != survey.id or found.gone:
            raise NotFound("response")
        before = needs.conversations.find(survey.id, answer)
        after = said(before, message)
        if after is not before:
            needs.conversations.put(before, after)
        return after.messages[-1]

    return retrying(write, needs.pause)
