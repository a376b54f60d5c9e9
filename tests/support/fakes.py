"""In-memory stand-ins. tests/functional/aws/test_table.py runs the same class on FakeTable
and on the real store, so the fake cannot drift."""

import zlib
from collections.abc import Callable, Sequence
from typing import Any

from chalicelib.aws.table import INDEX_KEYS
from chalicelib.errors import WriteRefused
from chalicelib.table import (
    Check,
    Delete,
    Item,
    Key,
    Page,
    Put,
    Query,
    Scan,
    Update,
    Write,
)
from infra.demo.gathered import holds, key_written, updated


class FakeTable:
    """`before` is called with the operation's name ahead of each call, `after` behind it:
    a test raises from them to lose a request, an answer or the process."""

    def __init__(self) -> None:
        self.items: dict[Key, Item] = {}
        self.scanned_at_once: int | None = None  # as the real one stops at 1 MB
        self.before: Callable[[str], None] = lambda operation: None
        self.after: Callable[[str], None] = lambda operation: None

    def get(self, key: Key) -> Item | None:
        self.before("get")
        return copied(self.items.get(key))

    def get_all(self, keys: Sequence[Key], consistent: bool = True) -> dict[Key, Item]:
        self.before("get_all")
        return {key: copied(self.items[key]) for key in keys if key in self.items}

    def write(self, write: Write) -> None:
        self._apply([write], "write")

    def update(self, update: Update) -> Item:
        return dict(self._apply([update], "write")[update.key])

    def transact(self, writes: Sequence[Write | Check]) -> None:
        keys = [key_written(write) for write in writes]
        assert len(keys) == len(set(keys)), "two writes on one item"
        self._apply(writes, "transact")

    def query(self, query: Query) -> Page:
        self.before("query")
        pk, sk = INDEX_KEYS[query.index] if query.index else ("PK", "SK")
        found = sorted(
            (
                item
                for item in self.items.values()
                if item.get(pk) == query.partition and sk in item
            ),
            key=lambda item: (item[sk], item["PK"], item["SK"]),
            reverse=query.newest_first,
        )
        low, high = query.lowest or "", query.highest or "\U0010ffff"
        found = [item for item in found if low <= item[sk] <= high]
        if query.after:
            found = [item for item in found if _is_beyond(item, query.after, query, sk)]
        taken = found[: query.limit]
        last = taken[-1] if query.limit and len(taken) == query.limit else None
        names = {"PK", "SK", pk, sk}
        cursor = {name: last[name] for name in sorted(names)} if last else None
        return Page(copied(taken), cursor)

    def together(self, reads: Sequence[Callable[[], Any]]) -> list[Any]:
        """One after the other, so that a history runs the same way each time."""
        return [read() for read in reads]

    def scan(self, scan: Scan) -> Page:
        """In the order of a hash, as the real one, so that what is added while somebody
        scans lies before or behind the place where he is."""
        self.before("scan")
        places = sorted(self.items, key=_place)
        if scan.after:
            last = _place(Key(scan.after["PK"], scan.after["SK"]))
            places = [key for key in places if _place(key) > last]
        looked_at = places[: scan.limit or self.scanned_at_once]
        found = [self.items[key] for key in looked_at if _is_wanted(self.items[key], scan)]
        more = len(looked_at) < len(places)
        return Page(copied(found), looked_at[-1].as_item() if more else None)

    def _apply(self, writes: Sequence[Write | Check], operation: str) -> dict[Key, Any]:
        self.before(operation)
        for index, write in enumerate(writes):
            current = self.items.get(key_written(write))
            if not holds(write, current or {}):
                raise WriteRefused(index, copied(current))
        for write in writes:
            if isinstance(write, Delete):
                self.items.pop(write.key, None)
            elif not isinstance(write, Check):
                key = key_written(write)
                self.items[key] = _result(write, self.items.get(key))
        written = {key: copied(self.items.get(key)) for key in map(key_written, writes)}
        self.after(operation)
        return written


def copied(value: Any) -> Any:
    """What an item may hold; far quicker than a copy of anything."""
    if isinstance(value, dict):
        return {name: copied(part) for name, part in value.items()}
    return [copied(part) for part in value] if isinstance(value, list) else value


def _place(key: Key) -> tuple[int, str, str]:
    return zlib.crc32(key.pk.encode()), key.pk, key.sk


def _is_wanted(item: Item, scan: Scan) -> bool:
    named = item["PK"].startswith(tuple(scan.starts))
    return named and (scan.survey is None or item.get("survey", scan.survey) == scan.survey)


def _is_beyond(item: Item, after: Item, query: Query, sk: str) -> bool:
    """A place in the order, whether or not an item is still there."""
    place, start = ((one[sk], one["PK"], one["SK"]) for one in (item, after))
    return bool(place < start if query.newest_first else place > start)


def _result(write: Put | Update, current: Item | None) -> Item:
    if isinstance(write, Put):
        return copied(write.item)
    return copied(updated(current or write.key.as_item(), write))
