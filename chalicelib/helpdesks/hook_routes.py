"""The routes that make, list, rotate and delete hooks."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.helpdesks import change_hooks, hook_schemas, registry, wiring
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.hook_schemas import EXAMPLE, HookBody, HookPage, NewSecret, SecretBody
from chalicelib.helpdesks.instructions import instructions
from chalicelib.helpdesks.signatures import random_secret
from chalicelib.keys import HOOKS
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.answer import Reply, created, deleted, made, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import BY_REACH, PageQuery


@endpoint(
    "List the hooks",
    ok("By source and id, without their secrets.", HookPage),
    description=BY_REACH,
    scope=Scope.HOOKS_WRITE,
    query=PageQuery,
    by_survey=True,
)
def list_hooks(call: Call[PageQuery, Any]) -> HookPage:
    after, address = listed_after(call.query.cursor, HOOKS), call.own_address()
    found, last = wiring.hooks().page(call.query.limit, after)
    items = [shown(hook, address) for hook in found if call.key.reaches(hook.survey)]
    return {"items": items, "next": encode_cursor(last)}


@endpoint(
    "Make a hook for a help desk",
    created("The hook; `url` is what the help desk calls.", NewSecret),
    description="Where the help desk makes the secret that it signs with, give it as `secret`.",
    scope=Scope.HOOKS_WRITE,
    body=json_body(HookBody, EXAMPLE),
    repeats=True,
    by_survey=True,
)
def create_hook(call: Call[Any, HookBody]) -> Reply[NewSecret]:
    body, needs, address = call.body, wiring.change_hooks_needs(), call.own_address()
    call.key.refuse_foreign(body.survey)
    # The secret is left out: nothing that is made from it is stored in the table.
    once = call.once(["hooks", body.survey, body.source], needs.deliveries)
    _refuse_unknown(body.survey)
    secret = body.secret or new_secret_of(body.source)
    hook, is_new = change_hooks.add_hook(
        body.source, body.survey, secret, call.key.id, once, call.now, needs
    )
    return _made(hook, secret if is_new and not body.secret else None, address)


@endpoint(
    "Delete a hook",
    deleted("Its address is not found any more."),
    scope=Scope.HOOKS_WRITE,
    by_survey=True,
)
def delete_hook(call: Call[Any, Any], source: str, hook: str) -> None:
    change_hooks.delete_hook(reached(call, source, hook), wiring.change_hooks_needs())


@endpoint(
    "Begin to rotate the secret of a hook",
    created("The hook; two secrets are valid now.", NewSecret),
    description="docs/zendesk.md shows the steps. 409 when two are valid already.",
    scope=Scope.HOOKS_WRITE,
    body=json_body(SecretBody, {"secret": EXAMPLE["secret"]}),
    repeats=True,
    by_survey=True,
)
def add_secret(call: Call[Any, SecretBody], source: str, hook: str) -> Reply[NewSecret]:
    found, address = reached(call, source, hook), call.own_address()
    needs = wiring.change_hooks_needs()
    once = call.once(["secrets", source, hook], needs.deliveries)
    secret = call.body.secret or new_secret_of(source)
    is_new = change_hooks.add_secret(found, secret, call.key.id, once, call.now, needs)
    return _made(found, secret if is_new and not call.body.secret else None, address)


@endpoint(
    "End the rotation: only the newest secret of a hook stays",
    deleted("What is signed with the older one is refused, at once."),
    scope=Scope.HOOKS_WRITE,
    by_survey=True,
)
def delete_older_secret(call: Call[Any, Any], source: str, hook: str) -> None:
    found = reached(call, source, hook)
    change_hooks.keep_newest_secret(found, call.key.id, wiring.change_hooks_needs())


def new_secret_of(source: str) -> str:
    known = registry.find(source)
    return known.new_secret() if known else random_secret()


def reached(call: Call[Any, Any], source: str, hook_id: str) -> Hook:
    """Raises NotFound."""
    hook = wiring.hooks().get(source, hook_id)
    call.reached(hook.survey, "hook")
    return hook


def _refuse_unknown(survey: str) -> None:
    """Raises Conflict."""
    try:
        surveys_wiring.surveys().get(survey)
    except NotFound as error:
        detail = "There is no such survey."
        raise Conflict([FieldError("#/survey", "survey_unknown", detail)]) from error


def _made(hook: Hook, secret: str | None, address: str) -> Reply[NewSecret]:
    source = registry.find(hook.source)
    paste = instructions(source, address + hook.path, secret or "SECRET") if source else ""
    body: NewSecret = {**shown(hook, address), "secret": secret, "paste": paste}
    return made(body, hook.path)


def shown(hook: Hook, address: str) -> hook_schemas.Hook:
    return {
        "id": hook.id,
        "source": hook.source,
        "survey": hook.survey,
        "url": address + hook.path,
        "created_at": moments.to_text(hook.created) if hook.created else None,
        "created_by": hook.created_by,
        "account": account_of(hook),
        "mapping": dict(hook.mapping),
    }


def account_of(hook: Hook) -> hook_schemas.DeskAccount | None:
    if not hook.subdomain or not hook.client_id:
        return None
    return {"subdomain": hook.subdomain, "client_id": hook.client_id}
