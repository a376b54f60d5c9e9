"""Conversations with people whom nobody knows, about published answers of sealed surveys."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.ballots import conversation
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.conversations import schemas, wiring
from chalicelib.conversations.reply import reply as write_reply
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.disclosure.sealed import WORDS_FROM
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.answer import ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import decode_cursor, encode_cursor, invalid_cursor
from chalicelib.web.endpoint import endpoint


@endpoint(
    "List conversations about published answers",
    ok("What the team wrote, and what came back.", schemas.ConversationPage),
    description="Of a sealed survey, from the number of answers on from which its words are shown;"
    " before that there is none. What a person wrote is shown from the next day on, so that nobody"
    " sees at what hour it came. A page may be empty and have a `next`. 409 for a named survey.",
    scope=Scope.RESPONSES_READ,
    query=schemas.ConversationsQuery,
)
def list_conversations(
    call: Call[schemas.ConversationsQuery, Any], survey: str
) -> schemas.ConversationPage:
    definition, told = _sealed(survey), disclosure_for(call.key)
    after = _after(call.query.cursor, told)
    if not _shows_words(definition):
        return {"items": [], "next": None}
    found, last = ballots_wiring.conversations().page(survey, call.query.limit, after)
    today = moments.day_in(call.now, definition.tz).isoformat()
    shown = [_show(one, today, told) for one in found]
    return {"items": [one for one in shown if one["messages"]], "next": _cursor(last, told)}


@endpoint(
    "Reply to a published answer",
    ok("The reply as it is stored. It has no id.", schemas.Message),
    description="Of a sealed survey: whoever holds the receipt of the answer reads it there, and"
    " may write back. Nobody is told that there is a reply, because nobody knows whom to tell. The"
    " same text twice in a row is one reply. 404 unless the answer is in the list of responses. 409"
    " when its words were taken away, when the conversation is full, and for a named survey.",
    scope=Scope.TASKS_WRITE,
    body=json_body(schemas.ReplyBody, schemas.EXAMPLE),
    not_noted="the conversation holds it",
)
def reply(call: Call[Any, schemas.ReplyBody], survey: str, response: str) -> schemas.Message:
    definition = _sealed(survey)
    answer = disclosure_for(call.key).real_id(response, "response")
    if not _shows_words(definition):
        raise NotFound("response")
    needs = wiring.reply_needs()
    return _message(write_reply(definition, answer, call.body.text, call.now, needs))


def _sealed(survey_id: str) -> Survey:
    """Raises NotFound, and Conflict for a named survey."""
    survey = surveys_wiring.surveys().get(survey_id)
    if not survey.is_sealed:
        detail = "Its people are known: write to them. Only sealed surveys have conversations."
        raise Conflict([FieldError("survey", "survey_not_sealed", detail)])
    return survey


def _shows_words(survey: Survey) -> bool:
    return tally_wiring.tallies().answers(survey.id) >= WORDS_FROM


def _after(cursor: str | None, told: Disclosure) -> Item | None:
    """Raises Conflict."""
    if cursor is None or told.sees_people:
        return decode_cursor(cursor, "PK", "SK")
    try:
        return dict(told.opened_cursor(cursor))
    except ValueError:
        raise invalid_cursor() from None


def _cursor(last: Item | None, told: Disclosure) -> str | None:
    """It names an answer by an id that the key may not know."""
    return encode_cursor(last) if last is None or told.sees_people else told.sealed_cursor(last)


def _show(found: conversation.Conversation, today: str, told: Disclosure) -> schemas.Conversation:
    messages = [_message(message) for message in found.told_to_team(today)]
    return {"response": told.shown_id(found.answer), "messages": messages}


def _message(message: conversation.Message) -> schemas.Message:
    return {"by": message.by, "day": message.day, "text": message.text}
