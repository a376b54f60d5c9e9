"""What a page reports, as it comes in: beacons and gestures."""

from typing import Any

from chalicelib.errors import BadRequest
from chalicelib.responses.judge.facts import Beacon, Client, Gesture, Signal
from chalicelib.responses.judge.nonce import Nonce
from chalicelib.strict_json import read_strict_json

LARGEST_BEACON = 1024
NAVIGATED = ("navigate", "prerender")
GESTURES = frozenset({"touch", "wheel", "keydown", "pointermove", "pointerdown", "blur"})


def read_beacon(raw: bytes) -> dict[str, Any] | None:
    """None when it is no beacon: a page's bad report is no error."""
    if len(raw) > LARGEST_BEACON:
        return None
    try:
        body = read_strict_json(raw)
    except (ValueError, RecursionError, BadRequest):
        return None
    fits = isinstance(body, dict) and isinstance(body.get("nonce"), str)
    return body if fits and body.get("type") in set(Signal) else None


def beacon_of(body: dict[str, Any], nonce: Nonce, client: Client, at: float) -> Beacon:
    return Beacon(
        at=at,
        client=client,
        visit=nonce.visit,
        score=nonce.score,
        signal=Signal(body["type"]),
        navigated=body.get("nav_type") in NAVIGATED,
        painted=body.get("painted") is True,
        visible=body.get("visibility") == "visible",
        webdriver=body.get("webdriver") is not False,
        touch=body.get("touch") is True,
        engine_ok=body.get("engine_ok") is True,
        gesture=gesture_of(body.get("gesture")),
    )


def gesture_of(given: object) -> Gesture | None:
    """None when the judge does not know it. A count that is no number becomes 0."""
    if not isinstance(given, dict) or given.get("type") not in GESTURES:
        return None
    count, moved = given.get("n", 1), given.get("displaced_px", 1)
    return Gesture(
        type=given["type"],
        count=count if type(count) is int else 0,
        trusted=given.get("trusted", True) is True,
        displaced=isinstance(moved, int | float) and moved > 0,
        has_focus=given.get("has_focus", True) is not False,
    )
