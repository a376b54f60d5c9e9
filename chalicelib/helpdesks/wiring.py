"""What taking a help desk's trigger needs."""

from collections.abc import Callable, Sequence

from chalicelib import wiring
from chalicelib.helpdesks.hook import usable_secrets
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_trigger import TakeTriggerNeeds
from chalicelib.invitations import ask_wiring
from chalicelib.logs import logger
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring


def hooks() -> HookStore:
    return HookStore(wiring.table())


def take_trigger_needs(time_left: Callable[[], float]) -> TakeTriggerNeeds:
    asking = ask_wiring.ask_needs(time_left)
    return TakeTriggerNeeds(hooks(), hook_secrets, surveys_wiring.surveys().get, asking)


def hook_secrets(hook_id: str) -> Sequence[str]:
    """The stored secret is {hook id: [secret, ...]}. One that is too short signs nothing: it may
    have been written past `make hook`."""
    kept = wiring.secrets().json(settings().hook_secrets)
    # The kept copy may be older than the hook. Strangers cannot cause this look-up: the hook's
    # item was found before.
    if hook_id not in kept:
        kept = wiring.secrets().json(settings().hook_secrets, fresh=True)
    found = kept.get(hook_id, [])
    usable = usable_secrets(found)
    if usable != found:
        logger().warning("hook_secret_too_short")
    return usable
