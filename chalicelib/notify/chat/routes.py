"""The route that Slack calls."""

from typing import Any

from chalicelib.notify.chat import take_action as taking
from chalicelib.notify.chat import wiring
from chalicelib.notify.chat.schemas import SlackAction
from chalicelib.web.answer import heard
from chalicelib.web.call import Body, Call
from chalicelib.web.endpoint import endpoint

FORM = "application/x-www-form-urlencoded"


@endpoint(
    "Take or close a task by a button of its Slack message",
    heard("Taken, or nothing to do. The message is changed by another call."),
    description="The Request URL of a Slack app's interactivity; docs/channels.md shows the steps.",
    body=Body(SlackAction, dict, media_type=FORM),
    signed="slack",
)
def take_action(call: Call[Any, Any], webhook: str) -> None:
    taking.take_action(
        webhook, call.raw, call.request.headers, call.now, wiring.take_action_needs()
    )
