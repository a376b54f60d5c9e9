"""What the use cases of webhooks need."""

from collections.abc import Callable

from chalicelib import keys, targets, wiring
from chalicelib.errors import NotFound
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.targets import Target
from chalicelib.web.idempotency import DeliveryStore
from chalicelib.webhooks.change_webhooks import ChangeWebhooksNeeds
from chalicelib.webhooks.delivery_log import DeliveryLog
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import Secrets


def webhooks() -> WebhookStore:
    return WebhookStore(wiring.table())


def delivery_log() -> DeliveryLog:
    return DeliveryLog(wiring.table())


def change_webhooks_needs() -> ChangeWebhooksNeeds:
    def change(decide: Callable[[Secrets], Secrets]) -> None:
        wiring.secrets().change(settings().webhook_secrets, decide)

    return ChangeWebhooksNeeds(
        webhooks(),
        DeliveryStore(wiring.table()),
        change,
        _check,
        lambda team: wiring.table().get(keys.team(team)) is not None,
        _knows_survey,
    )


def _check(url: str) -> Target:
    """Raises TargetRefused or LookupFailed."""
    loopback = settings().calls_loopback
    target = targets.target_of(url, loopback)
    targets.addresses_of(target, targets.resolve, loopback)
    return target


def _knows_survey(survey: str) -> bool:
    try:
        surveys_wiring.surveys().get(survey)
    except NotFound:
        return False
    return True
