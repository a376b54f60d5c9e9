"""The events that API Gateway gives the API's function: visits, hooks and reads."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.invitations.items import to_item, unopened_visit
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Put
from infra.paths import ROOT
from tests.functional.conftest import HOOK, Heed
from tests.support.filling import DESKTOP, MOUSE, SEEN
from tests.support.kept_secrets import HOOK_SECRET
from tests.support.samples import SURVEY, invitation

Event = dict[str, Any]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DELIVERY = ROOT / "tests/data/zendesk_trigger_rendered.json"
PEOPLE = count()
WAYS = ("form", "tap", "hook", "scores")


def events(heed: Heed, way: str, times: int) -> list[Event]:
    """Each time of another person. What they need is in the table."""
    for counts in ("send", "tap"):
        made = replace(SURVEY, id=counts, counts=counts, segments=[])
        surveys_wiring.surveys().put(made)
    asked = {
        "form": lambda number: form(_link(heed, "send", number)),
        "tap": lambda number: tap(_link(heed, "tap", number)),
        "hook": lambda number: [hook(number)],
        "scores": lambda _: [scores(heed)],
    }
    return [event for _ in range(times) for event in asked[way](next(PEOPLE))]


def form(path: str) -> list[Event]:
    """A page is opened, and its button pressed."""
    said = f"score=9&nonce=NONCE&comment=Quick&trusted=1&act=send&gesture={json.dumps(MOUSE)}"
    return [_opened(path), _event("POST", path, "/r/{token}", said, FORM)]


def tap(path: str) -> list[Event]:
    """A page is opened, tells twice what it saw, and its button is pressed."""
    told: list[dict[str, Any]] = [{"type": "hello"}, {"type": "gesture", "gesture": MOUSE}]
    beacons = [
        _event(
            *("POST", f"{path}/evidence", "/r/{token}/evidence"),
            json.dumps({"nonce": "NONCE", **SEEN, **one}),
            {"Content-Type": "text/plain"},
        )
        for one in told
    ]
    opened, sent = form(path)
    return [opened, *beacons, sent]


def hook(number: int) -> Event:
    said = json.loads(DELIVERY.read_text())["request"]["body"]
    said["ticket"]["id"] = str(number)
    said["requester"]["email"] = f"person-{number}@example.com"
    body = json.dumps(said)
    at = moments.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hmac.digest(HOOK_SECRET.encode(), f"{at}{body}".encode(), hashlib.sha256)
    headers = {
        "Content-Type": "application/json",
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": at,
    }
    path = f"/v1/hooks/zendesk/{HOOK}"
    return _event("POST", path, "/v1/hooks/{source}/{hook}", body, headers)


def scores(heed: Heed) -> Event:
    headers = {"Authorization": f"Bearer {heed.key}"}
    path = f"/v1/surveys/{SURVEY.id}/scores"
    return _event("GET", path, "/v1/surveys/{survey}/scores", None, headers)


def _link(heed: Heed, survey: str, number: int) -> str:
    sent = moments.now() - timedelta(hours=1)
    days = {"asked_day": sent.date().isoformat(), "expires_at": sent + timedelta(days=30)}
    who = f"{survey}-{number}"
    made = invitation(who, survey=survey, created_at=sent, sent_at=sent, posture="consumer", **days)
    wiring.table().transact([Put(to_item(made)), Put(unopened_visit(made))])
    return f"/r/{heed.token(to_item(made))}"


def _opened(path: str) -> Event:
    return _event("GET", f"{path}/9", "/r/{token}/{score}")


def _event(
    method: str,
    path: str,
    resource: str,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Event:
    sent = {"User-Agent": DESKTOP, "Host": "heed.example.com", **(headers or {})}
    pairs = zip(resource.split("/"), path.split("/"), strict=True)
    return {
        "httpMethod": method,
        "path": path,
        "resource": resource,
        "pathParameters": {name[1:-1]: value for name, value in pairs if name[:1] == "{"},
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": False,
        "requestContext": {
            "httpMethod": method,
            "resourcePath": resource,
            "identity": {"sourceIp": "127.0.0.1"},
        },
    }
