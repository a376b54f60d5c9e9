"""Calls of a hook as Zendesk signs them."""

import base64
import hmac
import json

from chalicelib import moments
from tests.functional.conftest import HOOK, Heed
from tests.support import filled
from tests.support.kept_secrets import HOOK_SECRET


def deliver(heed: Heed, name: str) -> None:
    body = json.loads(filled.TRIGGER.read_text())["request"]["body"]
    body["requester"]["email"] = f"{name}@example.com"
    body["ticket"]["id"] = name
    send_signed(heed, json.dumps(body).encode(), name)


def send_signed(heed: Heed, raw: bytes, name: str) -> None:
    at = moments.to_text(moments.now())
    digest = hmac.digest(HOOK_SECRET.encode(), at.encode() + raw, "sha256")
    headers = {
        "Content-Type": "application/json",
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": at,
        "X-Zendesk-Webhook-Invocation-Id": name,
    }
    answer = heed.http.post(f"/v1/hooks/zendesk/{HOOK}", headers=headers, body=raw)
    assert answer.status_code == 202, answer.body
