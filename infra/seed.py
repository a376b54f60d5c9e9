"""Fills a new stack with the demo, a hook and a key."""

import secrets
from typing import TypeGuard

from chalicelib import moments, wiring
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import scopes_of
from chalicelib.errors import NotFound
from chalicelib.invitations.person import person_id
from chalicelib.invitations.wiring import person_key, token_keys
from chalicelib.members.role import Role
from chalicelib.surveys import wiring as surveys_wiring
from infra.access import create_hook, create_key
from infra.demo.cast import DEMO_MEMBER
from infra.demo.surveys import DESK
from infra.demo.tell import tell
from infra.members import add_member
from infra.outputs import use_stack

DEMO_SCOPES = ("read", "write", "people:read")


def seed(outputs: dict[str, str], kept_key: str | None = None) -> dict[str, str]:
    """Gives key, survey, hook_id and hook_secret. A second run adds nothing when `kept_key`, the
    key of the first, still works."""
    use_stack(outputs)
    try:
        surveys_wiring.surveys().get(DESK.id)
    except NotFound:
        _add_demo()
    add_member(outputs, DEMO_MEMBER, Role.ADMIN, name="You")
    hook_id, hook_secret = _demo_hook(outputs)
    return {
        "key": kept_key if _works(kept_key) else create_key(outputs, "local", DEMO_SCOPES),
        "survey": DESK.id,
        "hook_id": hook_id,
        "hook_secret": hook_secret,
    }


def _add_demo() -> None:
    now, people = moments.now(), person_key()
    told = tell(now, lambda address: person_id(address, people), token_keys().active)
    told.send(wiring.table(), now)
    # The last: without it, an earlier seeding was interrupted.
    surveys_wiring.surveys().put(DESK)


def _works(key: str | None) -> TypeGuard[str]:
    """It was not revoked, and may still do what the demo needs."""
    found = api_keys_wiring.api_keys().find(key, moments.now()) if key else None
    return found is not None and found.surveys is None and found.scopes >= scopes_of(DEMO_SCOPES)


def _demo_hook(outputs: dict[str, str]) -> tuple[str, str]:
    kept = wiring.secrets().json(outputs["HookSecrets"], fresh=True)
    if kept:
        hook_id = next(iter(kept))
        return hook_id, kept[hook_id][0]
    secret = secrets.token_urlsafe(24)
    return create_hook(outputs, "zendesk", DESK.id, secret), secret
