"""The visits to one invitation as one item of the table: each fact is an attribute of its own,
an entry. An entry holds hashes, numbers and yes-or-no values, never an address or a browser's
name. What has its default is not stored, so that an ordinary answer stays within one unit."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import replace

from chalicelib import ids, keys, moments
from chalicelib.invitations.items import VISIT_OUTLIVES_LINK
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
from chalicelib.table import ABSENT, Below, Item, Key, Put, Update, key_of, known_of

FACTS_KEPT = timedelta(days=35)  # and until the link ends
LONGEST_LINK = timedelta(days=370)  # a survey's open_days are at most 365
PLACES = 64
FOR_ACTS = 16  # the last places: opened links never keep a person's form out
# Before a desktop page that nobody touched is listed as held: most people move within it.
WAIT_S = 60.0
TIMES = frozenset({"at", "opened_at", "pressed_at"})
KINDS: dict[str, type[Fact]] = {
    kind.__name__.lower(): kind for kind in (Arrival, Beacon, Act, Decision)
}
PARTS: dict[str, type[Any]] = {"client": Client, "gesture": Gesture}
WORDS: dict[str, type[StrEnum]] = {"network": Network, "place": Place, "signal": Signal}


def entry_update(key: Key, fact: Fact, closes_at: datetime) -> Update:
    """Refused when the entry is there already, when there is no place for it, and when nobody
    was asked: the item is made with its invitation."""
    seen = datetime.fromtimestamp(fact.at, UTC)
    ends = max(seen + FACTS_KEPT, closes_at + VISIT_OUTLIVES_LINK)
    name, places = entry_name(fact), _places_for(fact)
    return Update(
        key,
        set={name: _fields_of(fact), "expires_at": int(ends.timestamp())},
        first=_waiting(keys.id_of(key.pk), fact),
        add={"entries": 1},
        when={"PK": key.pk, name: ABSENT} | ({"entries": Below(places)} if places else {}),
    )


def entry_beside(item: Item, fact: Fact, closes_at: datetime) -> tuple[Update, Facts] | None:
    """As entry_update, beside the facts of a visit that was read, and all that is known with it.
    Refused, too, when another entry came since. None where it is there, or has no place."""
    name, taken = entry_name(fact), item.get("entries", 0)
    places = _places_for(fact)
    if name in item or "closed" in item or (places and taken >= places):
        return None
    update = entry_update(key_of(item), fact, closes_at)
    as_read = {**update.when, "entries": item.get("entries", ABSENT)}
    return replace(update, when=as_read), facts_in({**update.first, **item, **update.set})


def refusal_update(key: Key, at: float) -> Update:
    return Update(key, first={"full_at": _stored(at)}, add={"refused": 1})


def closed_visit(invitation: str, at: datetime) -> Put:
    """Forgets what was seen, and has no place for what comes: the answer was erased."""
    ends = at + LONGEST_LINK
    closed = {"entries": PLACES, "closed": True, "expires_at": int(ends.timestamp())}
    return Put({**keys.visit(invitation).as_item(), **closed})


def entry_name(fact: Fact) -> str:
    """From its content: what comes twice is one entry. The visit is in the name only."""
    content = _fields_of(fact) | {"": _visit_of(fact)}
    if isinstance(fact, Beacon | Act):
        del content["at"]
    if isinstance(fact, Act) and not fact.bound:
        for time_of_coming in ("operation", "opened_at", "pressed_at"):
            content.pop(time_of_coming, None)
    digest = ids.derived_id("entry", repr(sorted(content.items())))[:8]
    return f"{type(fact).__name__.lower()}#{_visit_of(fact)}#{digest}"


def facts_in(item: Item | None) -> Facts:
    """A kind of fact that this release does not know is left out."""
    item = item or {}
    entries = {name: entry for name, entry in item.items() if name.partition("#")[0] in KINDS}
    in_time = sorted(entries, key=lambda name: (entries[name]["at"], name))
    facts = [_fact_of(name, entries[name]) for name in in_time]
    return Facts(
        tuple(fact for fact in facts if isinstance(fact, Arrival)),
        tuple(fact for fact in facts if isinstance(fact, Beacon)),
        tuple(fact for fact in facts if isinstance(fact, Act)),
        tuple(fact for fact in facts if isinstance(fact, Decision)),
        full_at=item["full_at"] / 1000 if "full_at" in item else None,
        waits_until=moments.from_text(item["due_at"]).timestamp() if "due_at" in item else 0.0,
    )


def _places_for(fact: Fact) -> int | None:
    """None: as many as there are. An operator decides on what has an entry already."""
    if isinstance(fact, Decision):
        return None
    may_count = isinstance(fact, Act) and fact.bound and not fact.client.robot
    return PLACES if may_count else PLACES - FOR_ACTS


def _waiting(asked: str, fact: Fact) -> Item:
    """A tick looks at a page without touch once the time to move is over."""
    if not isinstance(fact, Beacon) or fact.signal is not Signal.HELLO or fact.touch:
        return {}
    due_at = datetime.fromtimestamp(fact.at + WAIT_S, UTC)
    return {"due_shard": keys.due_shard(asked), "due_at": moments.to_text(due_at)}


def _visit_of(fact: Fact) -> str:
    return getattr(fact, "visit", None) or ""


def _fields_of(value: Fact | Client | Gesture) -> Item:
    """Times in milliseconds."""
    defaults = _defaults_of(type(value))
    return {
        name: _stored(given, name)
        for name in value.__struct_fields__
        if name != "visit" and (given := getattr(value, name)) != defaults.get(name, NODEFAULT)
    }


@cache
def _defaults_of(kind: type[Struct]) -> dict[str, Any]:
    """Of the last fields: those that have one."""
    fields, defaults = kind.__struct_fields__, kind.__struct_defaults__
    return dict(zip(fields[len(fields) - len(defaults) :], defaults, strict=True))


def _stored(value: Any, name: str = "at") -> Any:
    if isinstance(value, Client | Gesture):
        return _fields_of(value)
    return round(value * 1000) if name in TIMES and value is not None else value


def _fact_of(name: str, entry: Item) -> Fact:
    kind, _, rest = name.partition("#")
    visit: Item = {} if kind == "decision" else {"visit": rest.rpartition("#")[0] or None}
    return KINDS[kind](**_read(KINDS[kind], entry), **visit)


def _read(kind: type[Any], entry: Item) -> Item:
    known = known_of(kind, entry)
    for name in known.keys() & TIMES:
        known[name] /= 1000
    for name in known.keys() & PARTS.keys():
        known[name] = PARTS[name](**_read(PARTS[name], known[name]))
    for name in known.keys() & WORDS.keys():
        known[name] = WORDS[name](known[name])
    return known
