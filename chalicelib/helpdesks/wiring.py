"""What taking a help desk's trigger needs."""

from collections.abc import Callable, Sequence

from chalicelib import wiring
from chalicelib.helpdesks.change_account import ChangeAccountNeeds
from chalicelib.helpdesks.change_hooks import ChangeHooksNeeds, Secrets
from chalicelib.helpdesks.delivery_log import DeliveryLog
from chalicelib.helpdesks.hook import Hook, usable_secrets
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_trigger import TakeTriggerNeeds
from chalicelib.invitations import ask_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import logger
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.web.idempotency import DeliveryStore


def hooks() -> HookStore:
    return HookStore(wiring.table())


def delivery_log() -> DeliveryLog:
    return DeliveryLog(wiring.table())


def take_trigger_needs(time_left: Callable[[], float]) -> TakeTriggerNeeds:
    asking = ask_wiring.ask_needs(time_left)
    log = delivery_log()
    look_up = invitations_wiring.external_ids().look_up
    cancelling = ask_wiring.cancel_needs(time_left)
    return TakeTriggerNeeds(
        hooks(),
        hook_secrets,
        remembered_secrets,
        newer_secrets,
        _survey,
        log,
        look_up,
        asking,
        cancelling,
    )


def _survey(survey_id: str) -> Survey:
    """At most a minute old, as for the pages; one that said what success looks like just now asks
    at once. Raises NotFound."""
    kept = surveys_wiring.catalogue().get(survey_id)
    return surveys_wiring.surveys().get(survey_id) if kept.is_draft else kept


def change_hooks_needs() -> ChangeHooksNeeds:
    def change(decide: Callable[[Secrets], Secrets]) -> None:
        wiring.secrets().change(settings().hook_secrets, decide)

    return ChangeHooksNeeds(hooks(), DeliveryStore(wiring.table()), change, _change_accounts)


def change_account_needs() -> ChangeAccountNeeds:
    return ChangeAccountNeeds(hooks(), _change_accounts)


def _change_accounts(decide: Callable[[Secrets], Secrets]) -> None:
    """Kept with the secrets of webhooks, by the hook's id: what calls others reads no more."""
    wiring.secrets().change(settings().webhook_secrets, decide)


def remembered_secrets(hook_id: str) -> Sequence[str]:
    return usable_secrets(wiring.secrets().json(settings().hook_secrets).get(hook_id))


def newer_secrets(hook_id: str) -> Sequence[str]:
    """Strangers can cause this look-up."""
    return usable_secrets(wiring.secrets().newer(settings().hook_secrets).get(hook_id))


# The generation of each hook whose secrets were read after they changed.
_read_at: dict[str, int] = {}


def hook_secrets(hook: Hook) -> Sequence[str]:
    """The stored secret is {hook id: [secret, ...]}. One that is too short signs nothing: it may
    have been written past `make hook`."""
    kept = wiring.secrets().json(settings().hook_secrets)
    # The kept copy may be older than the hook or its change. Strangers cannot cause this
    # look-up: the hook's item was found before.
    if hook.id not in kept or _read_at.get(hook.id, 0) != hook.generation:
        kept = wiring.secrets().json(settings().hook_secrets, fresh=True)
        _read_at[hook.id] = hook.generation
    found = kept.get(hook.id, [])
    usable = usable_secrets(found)
    if usable != found:
        logger().warning("hook_secret_too_short")
    return usable
