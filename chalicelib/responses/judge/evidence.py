"""Beacons as a page sends them, and facts as items of the table. A fact holds hashes and
yes-or-no values, never an address or a browser's name. It is kept until the link ends, and at
least 35 days."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import ids, keys, moments
from chalicelib.errors import BadRequest
from chalicelib.networks import Network
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Decision,
    Fact,
    Facts,
    Gesture,
    Place,
    Signal,
)
from chalicelib.responses.judge.nonce import Nonce
from chalicelib.strict_json import read_strict_json
from chalicelib.table import Item, known_of

LARGEST_BEACON = 1024
FACTS_KEPT = timedelta(days=35)
NAVIGATED = ("navigate", "prerender")
PRESSED = "@"  # before the time of the press, in milliseconds
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


def fact_to_item(invitation: str, fact: Fact, closes_at: datetime) -> Item:
    """The key of a beacon or an act comes from its content: what comes twice is stored once."""
    seen = datetime.fromtimestamp(fact.at, UTC)
    key = keys.fact(invitation, moments.to_text(seen), _identity(fact))
    ends = max(seen + FACTS_KEPT, closes_at + timedelta(days=5))
    return {**key.as_item(), "expires_at": int(ends.timestamp()), **_fields_of(fact)}


def facts_from_items(items: list[Item]) -> Facts:
    """A kind of fact that this release does not know is left out."""
    facts = [_fact_from_item(item) for item in items if item["kind"] in KINDS]
    return Facts(
        tuple(fact for fact in facts if isinstance(fact, Arrival)),
        tuple(fact for fact in facts if isinstance(fact, Beacon)),
        tuple(fact for fact in facts if isinstance(fact, Act)),
        tuple(fact for fact in facts if isinstance(fact, Decision)),
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


def _fields_of(fact: Fact) -> Item:
    """Times in milliseconds; the client and the gesture as small maps."""
    item: Item = {"kind": type(fact).__name__.lower()}
    for name, value in vars(fact).items():
        if name in ("at", "opened_at"):
            item[name] = round(value * 1000)
        elif isinstance(value, Client | Gesture):
            item[name] = {key: part for key, part in vars(value).items() if part is not None}
        elif value is not None and name != "pressed_at":
            item[name] = value
    return item


def _fact_from_item(item: Item) -> Fact:
    kind = KINDS[item["kind"]]
    facts = known_of(kind, item) | {"at": item["at"] / 1000}
    if "client" in facts:
        client = known_of(Client, item["client"])
        facts["client"] = Client(**client | {"network": Network(client["network"])})
    if "gesture" in facts:
        facts["gesture"] = Gesture(**known_of(Gesture, item["gesture"]))
    match item["kind"]:
        case "arrival":
            facts["place"] = Place(item["place"])
        case "beacon":
            facts = {"score": None} | facts | {"signal": Signal(item["signal"])}
        case "act":
            facts |= _times_of_act(item)
    return kind(**facts)


def _times_of_act(item: Item) -> dict[str, float]:
    _, _, pressed = item["SK"].partition(PRESSED)
    times = {"opened_at": item["opened_at"] / 1000}
    return times | ({"pressed_at": int(pressed) / 1000} if pressed else {})


KINDS: dict[str, type[Fact]] = {
    kind.__name__.lower(): kind for kind in (Arrival, Beacon, Act, Decision)
}
