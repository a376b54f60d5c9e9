"""Triggers that the help desk did not sign, or signed for another moment."""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.attack.tried import Try, tried
from tests.conftest import ROOT, Stack
from tests.support.outside import Answer, call

SAMPLE = json.loads((ROOT / "tests/data/zendesk_trigger_rendered.json").read_text())
BODY = json.dumps(SAMPLE["request"]["body"]).encode()
SIGNATURE = "X-Zendesk-Webhook-Signature"
TIME = "X-Zendesk-Webhook-Signature-Timestamp"


def attack_signatures(stack: Stack) -> Iterator[Try]:
    for name, headers, body in _wrong(stack.hook_secret.encode()):
        answer = _deliver(stack.hook, body, headers)
        yield tried("trigger's signature", name, answer, answer.status == 401)
    good = _signed(stack.hook_secret.encode())
    made_up = stack.hook.rpartition("/")[0] + "/" + "a" * 26
    for method in ("GET", "HEAD", "POST"):
        body = BODY if method == "POST" else None
        answer = call(method, made_up, body, good)
        yield tried("hook that there is not", method, answer, answer.status == 404)


def _wrong(secret: bytes) -> Iterator[tuple[str, dict[str, str], bytes]]:
    good = _signed(secret)
    digest = good[SIGNATURE]
    yield "no headers", {}, BODY
    yield "no signature", {TIME: good[TIME]}, BODY
    yield "no time", {SIGNATURE: digest}, BODY
    yield "another secret", _signed(b"x" * 32), BODY
    yield "an empty secret", _signed(b""), BODY
    yield "another body", good, BODY.replace(b"@", b"@x.")
    yield "one byte more", good, BODY + b" "
    yield "another time", good | {TIME: _time(seconds=1)}, BODY
    for name, signature in (
        ("half a signature", digest[:22]),
        ("an empty signature", ""),
        ("a longer signature", digest + "AAAA"),
        ("in hex", base64.b64decode(digest).hex()),
        ("in lower case", digest.lower()),
        ("not base64", "!" * 44),
        ("not ASCII", "\u00e9" * 20),
    ):
        yield name, good | {SIGNATURE: signature}, BODY
    for minutes in (-60, -11, 11, 60):
        yield f"signed {minutes} minutes from now", _signed(secret, _time(minutes=minutes)), BODY
    for time in ("", "now", "0", "2026-13-45T00:00:00Z"):
        yield f"signed at {time!r}", _signed(secret, time), BODY


def _time(**delta: float) -> str:
    return (datetime.now(UTC) + timedelta(**delta)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed(secret: bytes, time: str | None = None) -> dict[str, str]:
    at = _time() if time is None else time
    digest = hmac.digest(secret, at.encode() + BODY, "sha256")
    return {TIME: at, SIGNATURE: base64.b64encode(digest).decode()}


def _deliver(hook: str, body: bytes, headers: dict[str, str]) -> Answer:
    return call("POST", hook, body, {"Content-Type": "application/json", **headers})
