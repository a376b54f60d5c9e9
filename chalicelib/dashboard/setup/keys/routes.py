"""The page of the API's keys."""

from typing import Any

from chalicelib import ids
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import KINDS, SCOPE_WORDS, Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import once_of, read_body
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.dashboard.wiring import surveys_within
from chalicelib.errors import NotFound
from chalicelib.key_admin import wiring as key_admin_wiring
from chalicelib.key_admin.create_key import create_key
from chalicelib.key_admin.schemas import KeyBody
from chalicelib.key_admin.show_key import show_key
from chalicelib.keys import KEYS
from chalicelib.noting import about
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery

COLUMNS = ("name", "id", "scopes", "surveys", "created_at", "expires_at", "last_used", "revoked_at")


@page(Scope.KEYS_WRITE, query=PageQuery, by_survey=True)
def show_keys(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, KEYS)
    found, last = api_keys_wiring.api_keys().page(visit.query.limit, after)
    reached = [key for key in found if visit.key.reaches_all(key.surveys)]
    facts = {
        "keys": reached,
        "words": [word for word in SCOPE_WORDS if word in KINDS or word in visit.key.scopes],
        "surveys": surveys_within(visit.key),
        "once": ids.new_id(),
        "next": encode_cursor(last),
    }
    return Shown("setup/keys", facts, sheet=Sheet("keys", COLUMNS, [*map(show_key, reached)]))


@page(Scope.KEYS_WRITE, again=show_keys, by_survey=True)
def make_key(visit: Visit[Any]) -> Shown:
    """Shown at once: the secret is stored nowhere."""
    form, needs = visit.form, key_admin_wiring.create_key_needs()
    day = form.text("expires_at")
    body = {
        "name": form.text("name"),
        "scopes": form.every("scopes"),
        "surveys": form.every("surveys") or None,
        "expires_at": f"{day}T00:00:00Z" if day else None,
    }
    once = once_of(visit, "keys", needs.deliveries)
    read = read_body(KeyBody, body)
    secret, key = create_key(read, visit.key, once, visit.now, needs)
    facts = {"section": "keys", "name": key.name, "secret": secret, "back": "setup/keys"}
    facts["made"] = f"setup/keys/{key.id}"
    return Shown("setup/secret", facts, status=201)


@page(Scope.KEYS_WRITE, again=show_keys, by_survey=True)
def revoke_key(visit: Visit[Any]) -> Moved:
    keys = api_keys_wiring.api_keys()
    key = keys.get(visit.form.text("key"))
    if not visit.key.reaches_all(key.surveys):
        raise NotFound("key")
    about(f"keys/{key.id}")
    keys.revoke(key.id, visit.key.id, visit.now)
    return Moved("setup/keys", said="revoked")
