"""The account by which a hook's notes are written. Its secret is kept in Secrets Manager, and
written before the hook's item, which tells every function that its copy is old."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.note import Account
from chalicelib.helpdesks.store import HookStore

Secrets = dict[str, Any]


class ChangeAccountNeeds(Struct, frozen=True):
    """`change_secrets` writes what a function makes of the secrets of all that Heed calls."""

    hooks: HookStore
    change_secrets: Callable[[Callable[[Secrets], Secrets]], None]


def put_account(hook: Hook, account: Account, by: str, needs: ChangeAccountNeeds) -> None:
    """Raises NotFound when the hook was deleted meanwhile."""
    needs.change_secrets(lambda kept: {**kept, hook.id: {"account": asdict(account)}})
    needs.hooks.note_account(hook, account.subdomain, account.client_id, by)


def delete_account(hook: Hook, by: str, needs: ChangeAccountNeeds) -> None:
    """Safe to run twice. Raises NotFound when the hook was deleted meanwhile."""
    forget_account(hook.id, needs.change_secrets)
    needs.hooks.note_account(hook, None, None, by)


def forget_account(
    hook_id: str, change_secrets: Callable[[Callable[[Secrets], Secrets]], None]
) -> None:
    change_secrets(lambda kept: {name: kept[name] for name in kept if name != hook_id})


def account_in(kept: object) -> Account | None:
    """Of what is kept for a hook; None of anything else."""
    found = kept.get("account") if isinstance(kept, dict) else None
    if not isinstance(found, dict):
        return None
    named = [found.get(name) for name in ("subdomain", "client_id", "client_secret")]
    return Account(*map(str, named)) if all(named) else None
