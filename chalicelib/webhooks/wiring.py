"""What the use cases of webhooks need."""

from chalicelib import wiring
from chalicelib.settings import settings
from chalicelib.webhooks.delivery_log import DeliveryLog
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import Confidential, Webhook, confidential_of


def webhooks() -> WebhookStore:
    return WebhookStore(wiring.table())


def delivery_log() -> DeliveryLog:
    return DeliveryLog(wiring.table())


# The generation of each webhook whose secrets were read after they changed.
_read_at: dict[str, int] = {}


def confidential(webhook: Webhook) -> Confidential:
    """The stored secret is {webhook id: {"secrets": [...], "url": ...}}. Raises Unavailable."""
    kept = wiring.secrets().json(settings().webhook_secrets)
    # The kept copy may be older than the webhook or its change.
    if webhook.id not in kept or _read_at.get(webhook.id, 0) != webhook.generation:
        kept = wiring.secrets().json(settings().webhook_secrets, fresh=True)
        _read_at[webhook.id] = webhook.generation
    return confidential_of(kept.get(webhook.id))
