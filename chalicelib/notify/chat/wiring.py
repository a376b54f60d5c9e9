"""What chat channels need."""

from functools import partial

from chalicelib import wiring
from chalicelib.errors import TransportError
from chalicelib.logs import logger
from chalicelib.notify.call import MakeCall
from chalicelib.notify.chat.chat_call import (
    HEADERS,
    SLACK_REVOKED,
    TEAMS_REVOKED,
    ChatNeeds,
    chat_call,
    notice_of_task,
)
from chalicelib.notify.chat.notice import Notice
from chalicelib.notify.chat.slack import message_of
from chalicelib.notify.chat.take_action import TakeActionNeeds
from chalicelib.notify.chat.take_press import TakePressNeeds
from chalicelib.notify.chat.teams import card_of
from chalicelib.notify.transport import Transport
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.teams import wiring as teams_wiring
from chalicelib.webhooks import call_wiring
from chalicelib.webhooks.store import WebhookStore

# Slack waits for three seconds, and there are two messages at most.
ANSWER_S, CONNECT_S = 0.8, 0.5


def to_slack() -> MakeCall:
    return partial(chat_call, write=message_of, revoked=SLACK_REVOKED, needs=_chat_needs())


def to_teams() -> MakeCall:
    def write(notice: Notice, _: bool) -> bytes:
        return card_of(notice)

    return partial(chat_call, write=write, revoked=TEAMS_REVOKED, needs=_chat_needs())


def take_action_needs() -> TakeActionNeeds:
    chat = _chat_needs()
    return TakeActionNeeds(
        webhooks=WebhookStore(wiring.table()),
        secrets_of=lambda webhook: call_wiring.confidential(webhook).secrets,
        write=wiring.table().write,
        press=TakePressNeeds(
            change=tasks_wiring.change_task_needs(),
            notice=partial(notice_of_task, needs=chat),
            link=lambda task, member: None,
            answer=_answer,
        ),
    )


def _chat_needs() -> ChatNeeds:
    return ChatNeeds(
        task=tasks_wiring.tasks().get,
        response=responses_wiring.responses().find,
        survey=surveys_wiring.surveys().get,
        team=teams_wiring.teams().find,
        confidential=call_wiring.confidential,
    )


def _answer(url: str | None, message: bytes) -> None:
    """`url` was seen to be Slack's."""
    if url is None:
        return
    try:
        Transport(total_s=ANSWER_S, connect_s=CONNECT_S).post(url, message, HEADERS)
    except TransportError as error:
        logger().warning("slack not answered", extra={"reason": error.code})
