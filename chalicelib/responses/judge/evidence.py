"""Beacons as they come, and facts as they lie in the table: hashes and yes-or-no, kept
until the link ends and at least 35 days, never an address or a browser's name."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import ids, keys, moments
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Decision,
    Fact,
    Facts,
    Gesture,
    Network,
    Place,
    Signal,
)
from chalicelib.responses.judge.nonce import Nonce
from chalicelib.table import Item

LARGEST_BEACON = 1024
FACTS_KEPT = timedelta(days=35)
NAVIGATED = ("navigate", "prerender")
PRESSED = "@"  # before the time of the press, in milliseconds
GESTURES = frozenset({"touch", "wheel", "keydown", "pointermove", "pointerdown", "blur"})


def read_beacon(raw: bytes) -> dict[str, Any] | None:
    """None when it is no beacon: what a page reports by itself is never worth an error."""
    if len(raw) > LARGEST_BEACON:
        return None
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
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


def gesture_of(said: object) -> Gesture | None:
    """Only what the judge knows; a count that is no number is none."""
    if not isinstance(said, dict) or said.get("type") not in GESTURES:
        return None
    count, moved = said.get("n", 1), said.get("displaced_px", 1)
    return Gesture(
        type=said["type"],
        count=count if type(count) is int else 0,
        trusted=said.get("trusted", True) is True,
        displaced=isinstance(moved, int | float) and moved > 0,
        has_focus=said.get("has_focus", True) is not False,
    )


def fact_to_item(invitation: str, fact: Fact, closes_at: datetime) -> Item:
    """Beacons and acts have a key of their own, so that one that comes twice is one."""
    seen = datetime.fromtimestamp(fact.at, UTC)
    key = keys.fact(invitation, moments.to_text(seen), _identity(fact))
    ends = max(seen + FACTS_KEPT, closes_at + timedelta(days=5))
    return {**key.as_item(), "expires_at": int(ends.timestamp()), **_facts_of(fact)}


def facts_from_items(items: list[Item]) -> Facts:
    made = [_fact_from_item(item) for item in items]
    return Facts(
        tuple(one for one in made if isinstance(one, Arrival)),
        tuple(one for one in made if isinstance(one, Beacon)),
        tuple(one for one in made if isinstance(one, Act)),
        tuple(one for one in made if isinstance(one, Decision)),
    )


def _identity(fact: Fact) -> str:
    match fact:
        case Beacon(visit=visit, signal=signal, gesture=gesture):
            return f"{visit}-{signal}-{gesture.type if gesture else ''}"
        case Act(operation=operation, pressed_at=float(pressed_at)):
            # In the key: the release before this one reads no act with one attribute more.
            return f"{operation}{PRESSED}{round(pressed_at * 1000)}"
        case Act(operation=operation):
            return operation
        case _:
            return ids.new_id()


def _facts_of(fact: Fact) -> Item:
    """Times in milliseconds; the client and the gesture as small maps."""
    item: Item = {"kind": type(fact).__name__.lower()}
    for name, value in vars(fact).items():
        if name in ("at", "opened_at"):
            item[name] = round(value * 1000)
        elif isinstance(value, Client | Gesture):
            item[name] = {part: one for part, one in vars(value).items() if one is not None}
        elif value is not None and name != "pressed_at":
            item[name] = value
    return item


def _fact_from_item(item: Item) -> Fact:
    facts = {name: item[name] for name in item if name not in NOT_FACTS}
    facts["at"] = item["at"] / 1000
    if "client" in facts:
        client = facts["client"]
        facts["client"] = Client(**{**client, "network": Network(client["network"])})
    if "gesture" in facts:
        facts["gesture"] = Gesture(**facts["gesture"])
    match item["kind"]:
        case "arrival":
            return Arrival(**facts | {"place": Place(item["place"])})
        case "beacon":
            return Beacon(**{"score": None} | facts | {"signal": Signal(item["signal"])})
        case "act":
            return Act(**facts | _times_of_act(item))
    return Decision(**facts)


def _times_of_act(item: Item) -> dict[str, float]:
    _, _, pressed = item["SK"].partition(PRESSED)
    times = {"opened_at": item["opened_at"] / 1000}
    return times | ({"pressed_at": int(pressed) / 1000} if pressed else {})


NOT_FACTS = frozenset({"PK", "SK", "kind", "expires_at"})
