"""A webhook by Standard Webhooks."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.notify.call import Call, LeftOut
from chalicelib.notify.facts import Find, facts_of
from chalicelib.standard_webhooks import signature
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Confidential, Webhook

UNREADY = "no_secret"

ConfidentialOf = Callable[[Webhook], Confidential]


def standard_call(
    delivery: Delivery,
    webhook: Webhook | None,
    now: datetime,
    find: Find,
    confidential_of: ConfidentialOf,
) -> Call:
    """Raises LeftOut."""
    secrets = confidential_of(webhook).secrets if webhook else ()
    if webhook is None or webhook.url is None or not secrets:
        raise LeftOut(UNREADY)
    told = {
        "type": delivery.event,
        "timestamp": delivery.happened_at,
        "data": facts_of(delivery, find),
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Heed",
        **signed_headers(delivery.id, int(now.timestamp()), body, secrets),
    }
    return Call(webhook.url, body, headers)


def signed_headers(
    delivery_id: str, seconds: int, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    """One signature for each secret, so that a receiver may know either."""
    time = str(seconds)
    signatures = (signature(delivery_id, time, body, one) for one in secrets)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": time,
        "webhook-signature": " ".join(signatures),
    }
