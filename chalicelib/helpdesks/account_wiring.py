"""The accounts that write notes, as what writes them needs them. It imports no route and nothing
that asks people."""

from chalicelib import wiring
from chalicelib.helpdesks.change_account import account_in
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.note import Account
from chalicelib.settings import settings

# The generation of each hook whose account was read after it changed.
_read_at: dict[str, int] = {}


def account(hook: Hook) -> Account | None:
    """Raises Unavailable."""
    kept = wiring.secrets().json(settings().webhook_secrets)
    # The kept copy may be older than the hook or its change.
    if hook.id not in kept or _read_at.get(hook.id, 0) != hook.generation:
        kept = wiring.secrets().json(settings().webhook_secrets, fresh=True)
        _read_at[hook.id] = hook.generation
    return account_in(kept.get(hook.id))
