"""A webhook by Standard Webhooks 1.0.0:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

The library of that name is for the tests: it brings two packages and pulls in httpx to sign what
are five lines here."""

import base64
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.notify.call import Call, LeftOut
from chalicelib.notify.facts import Find, facts_of
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Confidential, Webhook

PREFIX = "whsec_"
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
    signed = f"{delivery_id}.{seconds}.".encode() + body
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{_signature(signed, one)}" for one in secrets),
    }


def _signature(signed: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
