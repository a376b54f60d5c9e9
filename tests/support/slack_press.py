"""What Slack sends when a button is pressed, signed as Slack signs it."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from chalicelib.notify.chat.slack_signature import signature_of

SECRET = "fictional-slack-signing-secret"
ANSWER_TO = "https://hooks.slack.com/actions/T0FICTIONAL/1/opaque"


def pressed(action: dict[str, Any], task: str, **changes: object) -> bytes:
    payload = {
        "type": "block_actions",
        "user": {"id": "U0FICTIONAL", "username": "adaeze.obi"},
        "response_url": ANSWER_TO,
        "actions": [{"block_id": f"task:{task}", **action}],
    }
    return urlencode({"payload": json.dumps(payload | changes)}).encode()


def taken(task: str, **changes: object) -> bytes:
    return pressed({"type": "button", "action_id": "take", "value": task}, task, **changes)


def closed(task: str, cause: str, **changes: object) -> bytes:
    chosen = {"text": {"type": "plain_text", "text": cause}, "value": cause}
    action = {"type": "static_select", "action_id": "close", "selected_option": chosen}
    return pressed(action, task, **changes)


def signed(raw: bytes, now: datetime, secret: str = SECRET) -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature_of(raw, timestamp, secret),
    }
