"""Webhooks of the app on moto, and the function that calls them."""

import json
from dataclasses import replace
from typing import Any

import app
from chalicelib import wiring
from chalicelib.settings import settings
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.webhook import Confidential, Webhook
from tests.support.deliveries import SECRET, WEBHOOK


def stored_webhook(**changes: Any) -> Webhook:
    made = replace(WEBHOOK, **changes)
    webhooks_wiring.webhooks().add(made)
    kept = Confidential((SECRET,)).kept()
    wiring.secrets().change(settings().webhook_secrets, lambda all_: {**all_, made.id: kept})
    return made


def queue(name: str, **detail: Any) -> dict[str, Any]:
    """What the function answers when this event comes out of the queue."""
    body = json.dumps({"detail-type": name, "detail": {"id": "event", **detail}})
    record = {"messageId": "1", "body": body, "eventSource": "aws:sqs"}
    answer: dict[str, Any] = app.deliver({"Records": [record]}, None)
    return answer
