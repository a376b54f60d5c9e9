"""What taking a help desk's trigger needs."""

from collections.abc import Callable, Sequence

from chalicelib import wiring
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_trigger import HookNeeds
from chalicelib.invitations import ask_wiring
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring


def hooks() -> HookStore:
    return HookStore(wiring.table())


def hook_needs(time_left: Callable[[], float]) -> HookNeeds:
    asking = ask_wiring.asking(time_left)
    return HookNeeds(hooks(), hook_secrets, surveys_wiring.surveys().get, asking)


def hook_secrets(hook_id: str) -> Sequence[str]:
    """The secret is {hook id: [secret, ...]}. A hook made a moment ago is looked up past
    the memory; its item was found before, so strangers cannot cause look-ups."""
    kept = wiring.secrets().json(settings().hook_secrets)
    if hook_id not in kept:
        kept = wiring.secrets().json(settings().hook_secrets, fresh=True)
    return list(kept.get(hook_id, []))
