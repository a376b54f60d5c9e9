"""Presses of a button that Slack did not sign, or signed for another moment, body or webhook."""

import json
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chalicelib.api_keys.api_key import Scope
from chalicelib.notify.chat.slack_signature import SIGNATURE, TIMESTAMP, signature_of
from tests.attack.credentials import key_with
from tests.attack.tried import Try, tried
from tests.conftest import Stack
from tests.support.outside import Outside, call
from tests.support.slack_press import SECRET, pressed, signed, taken

RAW = taken("a" * 26)
TEAM = {"name": "Attacked"}
WEBHOOK = {
    "name": "Attacked",
    "kind": "slack",
    "url": "http://127.0.0.1:19/services/x",
    "events": ["TaskOpened"],
    "team": "attacked",
}


def attack_presses(stack: Stack) -> Iterator[Try]:
    address = _channel(stack)
    for name, headers, raw in _wrong():
        answer = call("POST", address, raw, headers)
        yield tried("press of a button", name, answer, answer.status == 401)
    made_up = f"{stack.api}/v1/webhooks/{'a' * 26}/actions"
    for secret in ("", SECRET):
        answer = call("POST", made_up, RAW, signed(RAW, datetime.now(UTC), secret))
        yield tried("webhook that there is not", repr(secret), answer, answer.status == 404)
    for name, raw in _signed_nonsense():
        answer = call("POST", address, raw, signed(raw, datetime.now(UTC)))
        yield tried("signed nonsense", name, answer, answer.status in (200, 400))


def _channel(stack: Stack) -> str:
    admin = Outside(replace(stack, key=key_with(stack, *Scope)))
    assert admin.api("PUT", "/v1/teams/attacked", TEAM).status == 200
    made = admin.api("POST", "/v1/webhooks", WEBHOOK).json
    path = f"/v1/webhooks/{made['id']}/actions"
    assert admin.api("PUT", path, {"signing_secret": SECRET}).status == 200
    return stack.api + path


def _wrong() -> Iterator[tuple[str, dict[str, str], bytes]]:
    now = datetime.now(UTC)
    good = signed(RAW, now)
    digest = good[SIGNATURE]
    yield "no headers", {}, RAW
    yield "no signature", {TIMESTAMP: good[TIMESTAMP]}, RAW
    yield "no time", {SIGNATURE: digest}, RAW
    yield "another secret", signed(RAW, now, "x" * 32), RAW
    yield "an empty secret", signed(RAW, now, ""), RAW
    yield "another body", good, RAW + b"&"
    yield "another time", good | {TIMESTAMP: str(int(good[TIMESTAMP]) + 1)}, RAW
    yield "another version", good | {SIGNATURE: "v1" + digest[2:]}, RAW
    yield "without a version", good | {SIGNATURE: digest[3:]}, RAW
    yield "in capitals", good | {SIGNATURE: digest.upper()}, RAW
    yield "half a signature", good | {SIGNATURE: digest[:35]}, RAW
    yield "an empty signature", good | {SIGNATURE: ""}, RAW
    yield "not ASCII", good | {SIGNATURE: "\u00e9" * 30}, RAW
    for minutes in (-60, -6, 6, 60):
        late = signed(RAW, now + timedelta(minutes=minutes))
        yield f"signed {minutes} minutes from now", late, RAW
    for time in ("", "now", "-1", "1e9", "9" * 40):
        headers = good | {TIMESTAMP: time, SIGNATURE: signature_of(RAW, time, SECRET)}
        yield f"signed at {time!r}", headers, RAW


def _signed_nonsense() -> Iterator[tuple[str, bytes]]:
    yield "no form", b"{}"
    yield "no JSON", b"payload=%7B"
    yield "deep JSON", urllib.parse.urlencode({"payload": "[" * 50_000}).encode()
    yield "a list", urllib.parse.urlencode({"payload": json.dumps([1])}).encode()
    yield "another address to answer to", taken("a" * 26, response_url="http://127.0.0.1:9/x")
    yield "the address of this network", taken("a" * 26, response_url="http://169.254.169.254/")
    yield "a task by a path", taken("../../SURVEY")
    yield "an unknown button", pressed({"action_id": "delete"}, "a" * 26)
