"""The routes that show what came to a hook, and say where more is found in it."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict, FieldError
from chalicelib.helpdesks import hook_schemas, wiring
from chalicelib.helpdesks.delivery_log import SHOWN, Line
from chalicelib.helpdesks.hook_routes import reached, shown
from chalicelib.helpdesks.hook_schemas import MAPPING_EXAMPLE, HookDeliveries, MappingBody
from chalicelib.helpdesks.mapping import OF_PEOPLE
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.show_invitation import told_reason
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.answer import ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint


@endpoint(
    "List what came to a hook",
    ok("The newest first, of a week.", HookDeliveries),
    description=f"The last {SHOWN} deliveries that were signed, with what became of them. A test of"
    " the help desk is among them, with the reason `test_delivery`.",
    scope=Scope.HOOKS_WRITE,
    by_survey=True,
)
def list_hook_deliveries(call: Call[Any, Any], source: str, hook: str) -> HookDeliveries:
    lines = wiring.delivery_log().latest(reached(call, source, hook), SHOWN)
    made = {line.invitation for line in lines if line.invitation}
    found = invitations_wiring.invitations().find_all(sorted(made))
    told = disclosure_for(call.key)
    return {"items": [_line(line, found.get(line.invitation), told) for line in lines]}


@endpoint(
    "Say where more is found in what a help desk sends",
    ok("The hook.", hook_schemas.Hook),
    description="What the directory says of a person stands before it.",
    scope=Scope.HOOKS_WRITE,
    body=json_body(MappingBody, MAPPING_EXAMPLE),
    by_survey=True,
)
def map_hook(call: Call[Any, MappingBody], source: str, hook: str) -> hook_schemas.Hook:
    found, mapping = reached(call, source, hook), call.body.mapping
    segments = surveys_wiring.surveys().get(found.survey).segments
    unknown = [
        FieldError(f"#/mapping/{name}", "segment_unknown", "The survey has no such segment.")
        for name in mapping
        if name not in (*segments, *OF_PEOPLE)
    ]
    if unknown:
        raise Conflict(unknown)
    wiring.hooks().map(found, mapping, call.key.id)
    return shown(wiring.hooks().get(source, hook), call.own_address())


def _line(line: Line, made: Invitation | None, told: Disclosure) -> hook_schemas.HookDelivery:
    reason = told_reason(made.reason, told) if made and not line.reason else None
    return {
        "at": moments.to_text(line.at),
        "result": line.result,
        "reason": line.reason or reason,
        "ticket": line.ticket or None,
        "invitation": line.invitation or None,
        "status": made.status if made else None,
    }
