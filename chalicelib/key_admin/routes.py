"""The routes of keys. They stand above `web`, whose endpoint signs in with `api_keys`."""

from typing import Any

from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import NAMED_ALONE, ApiKey, Scope
from chalicelib.errors import NotFound
from chalicelib.key_admin import wiring
from chalicelib.key_admin.create_key import create_key as create
from chalicelib.key_admin.schemas import EXAMPLE, Key, KeyBody, KeyPage, KeyWithSecret
from chalicelib.key_admin.show_key import show_key as shown
from chalicelib.keys import KEYS
from chalicelib.web.answer import Reply, created, deleted, made, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import BY_REACH, PageQuery

NAMED = ", ".join(f"`{scope.value}`" for scope in Scope if scope in NAMED_ALONE)


@endpoint(
    "List the keys",
    ok("By id, revoked ones too.", KeyPage),
    description=BY_REACH,
    scope=Scope.KEYS_WRITE,
    query=PageQuery,
    by_survey=True,
)
def list_keys(call: Call[PageQuery, Any]) -> KeyPage:
    after = listed_after(call.query.cursor, KEYS)
    found, last = api_keys_wiring.api_keys().page(call.query.limit, after)
    items = [shown(key) for key in found if call.key.reaches_all(key.surveys)]
    return {"items": items, "next": encode_cursor(last)}


@endpoint("Show a key", ok("The key.", Key), scope=Scope.KEYS_WRITE, by_survey=True)
def show_key(call: Call[Any, Any], key: str) -> Key:
    return shown(_reached(call, key))


@endpoint(
    "Make a key",
    created("The key; `key` is what to sign in with.", KeyWithSecret),
    description="Not more than the key that asks has: its scopes, its surveys, its time. `read`"
    f" and `write` stand for all scopes of that kind but {NAMED}.",
    scope=Scope.KEYS_WRITE,
    body=json_body(KeyBody, EXAMPLE),
    repeats=True,
    by_survey=True,
)
def create_key(call: Call[Any, KeyBody]) -> Reply[KeyWithSecret]:
    needs = wiring.create_key_needs()
    once = call.once(["keys", call.json], needs.deliveries)
    secret, key = create(call.body, call.key, once, call.now, needs)
    body: KeyWithSecret = {**shown(key), "key": secret}
    return made(body, f"/v1/keys/{key.id}")


@endpoint(
    "Revoke a key",
    deleted("It opens nothing any more."),
    description="At once, also the key that asks. A list keeps what it was.",
    scope=Scope.KEYS_WRITE,
    by_survey=True,
)
def revoke_key(call: Call[Any, Any], key: str) -> None:
    found = _reached(call, key)
    api_keys_wiring.api_keys().revoke(found.id, call.key.id, call.now)


def _reached(call: Call[Any, Any], key_id: str) -> ApiKey:
    """Raises NotFound."""
    key = api_keys_wiring.api_keys().get(key_id)
    if not call.key.reaches_all(key.surveys):
        raise NotFound("key")
    return key
