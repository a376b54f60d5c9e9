"""Adds, rotates and deletes hooks. The secret is changed before the hook's item, which tells
every function that its copy of the secrets is old. What stopped in between may be done again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct

from chalicelib import ids
from chalicelib.errors import Conflict, FieldError
from chalicelib.helpdesks.change_account import forget_account
from chalicelib.helpdesks.hook import MOST_SECRETS, Hook, usable_secrets
from chalicelib.helpdesks.store import HookStore
from chalicelib.noting import about
from chalicelib.web.idempotency import DeliveryStore, Once

Secrets = dict[str, Any]


class ChangeHooksNeeds(Struct, frozen=True):
    """`change_secrets` writes what a function makes of the secrets of all hooks, and
    `change_accounts` of those of their accounts."""

    hooks: HookStore
    deliveries: DeliveryStore
    change_secrets: Callable[[Callable[[Secrets], Secrets]], None]
    change_accounts: Callable[[Callable[[Secrets], Secrets]], None]


def add_hook(
    source: str,
    survey: str,
    secret: str,
    by: str | None,
    once: Once | None,
    now: datetime,
    needs: ChangeHooksNeeds,
) -> tuple[Hook, bool]:
    """The hook, and whether it is new: the same `once` gives the same hook."""
    hook_id = ids.derived_id("hook", once.key.pk) if once else ids.new_id()
    standing = needs.hooks.find(source, hook_id) if once else None
    if standing:
        return standing, False
    hook = Hook(source, hook_id, survey, created=now, created_by=by)
    about(f"hooks/{source}/{hook.id}")
    needs.change_secrets(lambda kept: {**kept, hook.id: [secret]})
    needs.hooks.add(hook, [needs.deliveries.remember(once, hook.id, now)] if once else [])
    return hook, True


def add_secret(
    hook: Hook,
    secret: str,
    by: str | None,
    once: Once | None,
    now: datetime,
    needs: ChangeHooksNeeds,
) -> bool:
    """A second secret beside the first. False: the same `once` was heard before. Raises
    Conflict when there are two already."""
    if once and needs.deliveries.find(once.key):
        return False

    def with_second(kept: Secrets) -> Secrets:
        standing = usable_secrets(kept.get(hook.id))
        if len(standing) >= MOST_SECRETS:
            detail = "Two secrets are valid. End the rotation first."
            raise Conflict([FieldError("#", "two_secrets", detail)])
        return {**kept, hook.id: [secret, *standing]}

    needs.change_secrets(with_second)
    extra = [needs.deliveries.remember(once, hook.id, now)] if once else []
    needs.hooks.note_new_secrets(hook, by, extra)
    return True


def keep_newest_secret(hook: Hook, by: str | None, needs: ChangeHooksNeeds) -> None:
    needs.change_secrets(lambda kept: {**kept, hook.id: usable_secrets(kept.get(hook.id))[:1]})
    needs.hooks.note_new_secrets(hook, by)


def delete_hook(hook: Hook, needs: ChangeHooksNeeds) -> None:
    """Raises NotFound."""
    needs.change_secrets(
        lambda kept: {name: found for name, found in kept.items() if name != hook.id}
    )
    if hook.subdomain:
        forget_account(hook.id, needs.change_accounts)
    needs.hooks.delete(hook.source, hook.id)
