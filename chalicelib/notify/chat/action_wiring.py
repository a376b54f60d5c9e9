"""What the buttons of Slack messages need."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import logger
from chalicelib.notify.chat.change_actions import ChangeActionsNeeds
from chalicelib.notify.chat.chat_call import HEADERS, notice_of_task
from chalicelib.notify.chat.take_action import TakeActionNeeds
from chalicelib.notify.chat.take_press import TakePressNeeds
from chalicelib.notify.chat.wiring import chat_needs
from chalicelib.notify.letters.task import OPENS_FOR
from chalicelib.notify.transport import Transport, TransportError
from chalicelib.settings import settings
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.links import TaskLink, task_url
from chalicelib.tasks.task import Task
from chalicelib.teams.team import Member
from chalicelib.webhooks import call_wiring
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import Secrets

# Slack waits for three seconds, and there are two messages at most.
ANSWER_S: Final = 0.8
CONNECT_S: Final = 0.5


def take_action_needs(own_address: Callable[[], str], now: datetime) -> TakeActionNeeds:
    def link(task: Task, member: Member) -> str:
        """Told to this person alone."""
        ends = max(now, task.due_at) + OPENS_FOR
        mine = TaskLink(task.id, member.person, ends, member.lang)
        return task_url(mine, own_address(), invitations_wiring.token_keys())

    return TakeActionNeeds(
        webhooks=WebhookStore(wiring.table()),
        secrets_of=lambda webhook: call_wiring.confidential(webhook).secrets,
        write=wiring.table().write,
        press=TakePressNeeds(
            change=tasks_wiring.change_task_needs(),
            notice=partial(notice_of_task, needs=chat_needs()),
            link=link,
            answer=_answer,
        ),
    )


def change_actions_needs() -> ChangeActionsNeeds:
    def change(decide: Callable[[Secrets], Secrets]) -> None:
        wiring.secrets().change(settings().webhook_secrets, decide)

    return ChangeActionsNeeds(WebhookStore(wiring.table()), change)


def _answer(url: str | None, message: bytes) -> None:
    """`url` was seen to be Slack's."""
    if url is None:
        return
    try:
        Transport(total_s=ANSWER_S, connect_s=CONNECT_S).post(url, message, HEADERS)
    except TransportError as error:
        logger().warning("slack not answered", extra={"reason": error.code})
