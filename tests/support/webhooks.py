"""Webhooks of the app on moto, and the function that calls them."""

import json
from typing import Any

import boto3
from msgspec.structs import replace

import app
from chalicelib import moments, wiring
from chalicelib.invitations.wiring import person_of
from chalicelib.settings import settings
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Member, Team
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


def put_team() -> None:
    kari = Member(
        "kari", person_of("kari@example.com"), "Kari Nordmann", "kari@example.com", "lead"
    )
    teams_wiring.teams().put(Team("desk", "Service Desk", (kari,)), moments.now())


def kept_secrets() -> Any:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    found = client.get_secret_value(SecretId="webhook-secrets", VersionStage="AWSCURRENT")
    return json.loads(found["SecretString"])
