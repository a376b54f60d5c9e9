"""The hooks that help desks call."""

from typing import Any

from chalicelib.errors import NotAsked, NotFound
from chalicelib.helpdesks import wiring, zendesk
from chalicelib.helpdesks.schemas import HookAccepted, HookIgnored
from chalicelib.helpdesks.take_trigger import Ignored, take_zendesk_trigger
from chalicelib.web.answer import accepted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint
from chalicelib.web.schemas import Nothing


@endpoint("Test the connection of a help desk", ok("The hook is there.", Nothing))
def show_hook(call: Call[Any, Any], source: str, hook: str) -> Nothing:
    wiring.hooks().get(source, hook)
    return {}


@endpoint(
    "Take a help desk's trigger",
    accepted("Taken; `ignored` when nobody is to be asked.", HookAccepted, HookIgnored),
    description="docs/zendesk.md tells what to paste into Zendesk.",
    body=json_body(zendesk.ZendeskTrigger),
    signed="zendesk",
)
def take_hook(call: Call[Any, Any], source: str, hook: str) -> HookAccepted | HookIgnored:
    if source != zendesk.SOURCE:
        # Looked up all the same: it takes as long as for a hook that there is not.
        wiring.hooks().get(source, hook)
        raise NotFound("hook")
    headers, needs = call.request.headers, wiring.take_trigger_needs(call.time_left)
    try:
        taken = take_zendesk_trigger(hook, call.raw, headers, call.now, needs)
    except NotAsked as error:
        return {"status": "ignored", "reason": error.reason}
    if isinstance(taken, Ignored):
        return {"status": "ignored", "reason": taken.reason}
    return {"status": "accepted", "id": taken.id}
