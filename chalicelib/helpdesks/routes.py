"""The hooks that help desks call."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from chalice.app import Response as HttpResponse

from chalicelib.errors import NotFound
from chalicelib.helpdesks import registry, wiring
from chalicelib.helpdesks.schemas import HookAccepted, HookIgnored, HookRefused, HookTaken
from chalicelib.helpdesks.signatures import Delivery
from chalicelib.helpdesks.take_delivery import take_delivery
from chalicelib.helpdesks.take_trigger import Outcome
from chalicelib.web.answer import Reply, accepted, file, heard, ok
from chalicelib.web.call import Body, Call
from chalicelib.web.endpoint import endpoint
from chalicelib.web.request import query_of
from chalicelib.web.schemas import Nothing

METHODS = "GET, HEAD, OPTIONS, POST"
# HubSpot signs an address with these as they are.
PLAIN = ":/?@!$'()*,;"
ORIGIN = re.compile(r"[A-Za-z0-9.-]{1,253}")


@endpoint("Test the connection of a help desk", ok("The hook is there.", Nothing))
def show_hook(call: Call[Any, Any], source: str, hook: str) -> Any:
    found, known = wiring.hooks().get(source, hook), registry.find(source)
    if not known or not known.challenge:
        return {}
    answer = known.challenge(_first_of_each(call), lambda: wiring.hook_secrets(found))
    return HttpResponse(answer, headers={"Content-Type": "text/plain"}) if answer else {}


@endpoint(
    "Allow a sender of CloudEvents to call a hook",
    heard("The hook is there; `WebHook-Allowed-Origin` names the sender."),
    description="The handshake of CloudEvents' HTTP webhooks.",
)
def allow_origin(call: Call[Any, Any], source: str, hook: str) -> Reply[None]:
    wiring.hooks().get(source, hook)
    origin = call.header("webhook-request-origin") or ""
    # Whoever may call is known by the signature. The rate is that of the whole API.
    allowed = {"WebHook-Allowed-Origin": origin, "WebHook-Allowed-Rate": "*"}
    return Reply(None, headers={"Allow": METHODS} | (allowed if ORIGIN.fullmatch(origin) else {}))


@endpoint(
    "Take a help desk's trigger",
    accepted(
        "Taken; `ignored` when nobody is to be asked, with the reason.",
        HookAccepted,
        HookIgnored,
        HookTaken,
    ),
    file("What the help desk waits for in place of it: the Ack of Salesforce.", "text/xml"),
    description="What each help desk sends, and how it signs, is in the docs of its source.",
    body=Body(dict[str, Any], dict),
    signed="help desk",
)
def take_hook(call: Call[Any, Any], source: str, hook: str) -> Any:
    known = registry.find(source)
    if known is None:
        # Looked up all the same: it takes as long as for a hook that there is not.
        wiring.hooks().get(source, hook)
        raise NotFound("hook")
    needs = wiring.take_trigger_needs(call.time_left)
    delivery = _delivery(call, source, hook)
    outcomes = take_delivery(known, hook, delivery, call.now, needs)
    answer = known.answer(delivery) if known.answer else None
    return answer or answer_to(outcomes, known.many)


def _delivery(call: Call[Any, Any], source: str, hook: str) -> Delivery:
    headers = {name.lower(): str(value) for name, value in call.request.headers.items()}
    query = _first_of_each(call)
    asked = urlencode(query, safe=PLAIN, quote_via=quote)
    path = f"/v1/hooks/{source}/{hook}" + (f"?{asked}" if query else "")
    return Delivery(call.raw, headers, query, address=lambda: call.own_address() + path)


def _first_of_each(call: Call[Any, Any]) -> dict[str, str]:
    return {name: values[0] for name, values in query_of(call.request).items()}


def answer_to(
    outcomes: Sequence[Outcome], many: bool
) -> HookAccepted | HookIgnored | HookRefused | HookTaken:
    if not many:
        return _told(outcomes[0])
    return {"status": "taken", "items": [_told(outcome) for outcome in outcomes]}


def _told(outcome: Outcome) -> HookAccepted | HookIgnored | HookRefused:
    if outcome.result == "duplicate":
        return {"status": "accepted", "id": outcome.id, "reason": "taken_before"}
    if outcome.result == "ignored":
        return {"status": "ignored", "reason": outcome.reason}
    if outcome.result == "refused":
        return {"status": "refused", "reason": outcome.reason}
    return {"status": "accepted", "id": outcome.id}
