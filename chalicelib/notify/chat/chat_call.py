"""A delivery to a chat channel: what is told of a task or an answer is read when it is sent."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import NotFound
from chalicelib.languages import SOURCE
from chalicelib.notify.call import REVOKED, Call, LeftOut
from chalicelib.notify.chat.notice import Notice, notice_of, notice_of_answer
from chalicelib.notify.facts import answer_of
from chalicelib.notify.transport import Answer, Transport, TransportError
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.task import Task
from chalicelib.teams.team import Team
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Confidential, Webhook

OF_OPEN_TASKS: Final = ("TaskOpened", "TaskOverdue")
HEADERS: Final = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Heed"}
# Slack: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. 404 is a webhook that
# was taken away; 403 says that an administrator or the channel forbids it.
SLACK_REVOKED: Final = frozenset({404})
# A flow that was deleted or turned off. Whoever owns it can turn it on again.
TEAMS_REVOKED: Final = frozenset({404})
# What another try may mend.
LATER: Final = frozenset({408, 409, 425, 429})


# Takes what is told, and whether a press of a button would be heard.
Write = Callable[[Notice, bool], bytes]


class ChatCall(Call, frozen=True):
    """`revoked`: what the receiver answers when its address is taken away."""

    revoked: frozenset[int] = frozenset()

    def make(self, by: Transport) -> Answer:
        """Raises TransportError."""
        try:
            return super().make(by)
        except TransportError as error:
            raise self._told(error) from None

    def _told(self, error: TransportError) -> TransportError:
        status = error.status
        if status is None or status >= 500 or status in LATER:
            return error
        code = REVOKED if status in self.revoked else error.code
        return TransportError(code, status, True, error.retry_after)


class ChatNeeds(Struct, frozen=True):
    """`task` and `survey` raise NotFound."""

    task: Callable[[str], Task]
    response: Callable[[str], Response | None]
    survey: Callable[[str], Survey]
    team: Callable[[str], Team | None]
    confidential: Callable[[Webhook], Confidential]


def chat_call(
    delivery: Delivery,
    webhook: Webhook | None,
    now: datetime,
    write: Write,
    revoked: frozenset[int],
    needs: ChatNeeds,
) -> ChatCall:
    """Raises LeftOut."""
    kept = needs.confidential(webhook) if webhook else Confidential()
    if kept.url is None:
        raise LeftOut("no_address")
    notice = replace(_notice(delivery, now, needs), lang=webhook.lang if webhook else SOURCE)
    body = write(notice, bool(kept.secrets))
    return ChatCall(kept.url, body, HEADERS, revoked=revoked)


def notice_of_task(task: Task, now: datetime, needs: ChatNeeds) -> Notice:
    """Raises NotFound."""
    team = needs.team(task.team_id) if task.team_id else None
    people = team.people if team else ()
    owner = next((member.name for member in people if member.id == task.owner), None)
    return notice_of(task, needs.survey(task.survey), needs.response(task.id), now, owner)


def _notice(delivery: Delivery, now: datetime, needs: ChatNeeds) -> Notice:
    facts: Mapping[str, object] = delivery.facts
    try:
        if "task" in facts:
            return _of_task(str(facts["task"]), delivery, now, needs)
        if "response" in facts:
            return _of_answer(str(facts["response"]), now, needs)
    except NotFound as error:
        raise LeftOut("not_found") from error
    raise LeftOut("not_for_a_channel")


def _of_task(task_id: str, delivery: Delivery, now: datetime, needs: ChatNeeds) -> Notice:
    task = needs.task(task_id)
    if task.closing and delivery.event in OF_OPEN_TASKS:
        raise LeftOut("task_closed")
    return notice_of_task(task, now, needs)


def _of_answer(response_id: str, now: datetime, needs: ChatNeeds) -> Notice:
    """With its task, if it has one. A score by itself is told to no channel."""
    response = answer_of(response_id, needs.response)
    with suppress(NotFound):
        return notice_of_task(needs.task(response.id), now, needs)
    notice = notice_of_answer(response, needs.survey(response.survey))
    if not notice.words and not notice.wishes_contact:
        raise LeftOut("no_words")
    return notice
