"""The routes of Slack's buttons: what Slack calls, and by which secret it is known."""

from typing import Any, Final

from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.notify.chat import action_wiring as wiring
from chalicelib.notify.chat import take_action as taking
from chalicelib.notify.chat.change_actions import forget_signing_secrets, keep_signing_secret
from chalicelib.notify.chat.schemas import EXAMPLE, Actions, ActionsBody, SlackAction
from chalicelib.web.answer import deleted, heard, ok
from chalicelib.web.call import Body, Call, json_body
from chalicelib.web.endpoint import endpoint
from chalicelib.webhooks.routes import PEOPLE_TOO, reached

FORM: Final = "application/x-www-form-urlencoded"


@endpoint(
    "Take or close a task by a button of its Slack message",
    heard("Taken, or nothing to do. The message is changed by another call."),
    description="Slack calls it; docs/channels.md shows the steps.",
    body=Body(SlackAction, dict, media_type=FORM),
    signed="slack",
)
def take_action(call: Call[Any, Any], webhook: str) -> None:
    needs = wiring.take_action_needs(call.own_address, call.now)
    taking.take_action(webhook, call.raw, call.request.headers, call.now, needs)


@endpoint(
    "Put buttons into the messages of a Slack webhook",
    ok("Where Slack sends what is pressed.", Actions),
    description=f"{PEOPLE_TOO} The signing secret before this one stays valid until the next.",
    scope=Scope.WEBHOOKS_WRITE,
    body=json_body(ActionsBody, EXAMPLE),
    by_survey=True,
)
def put_actions(call: Call[Any, ActionsBody], webhook: str) -> Actions:
    found, address = reached(call, webhook), call.own_address()
    disclosure_for(call.key).require_people()
    secret = call.body.signing_secret
    keep_signing_secret(found, secret, call.key.id, wiring.change_actions_needs())
    return {"request_url": f"{address}/v1/webhooks/{found.id}/actions"}


@endpoint(
    "Put no more buttons into the messages of a Slack webhook",
    deleted("Nothing that is pressed is heard any more."),
    scope=Scope.WEBHOOKS_WRITE,
    by_survey=True,
)
def delete_actions(call: Call[Any, Any], webhook: str) -> None:
    forget_signing_secrets(reached(call, webhook), call.key.id, wiring.change_actions_needs())
