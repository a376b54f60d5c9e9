"""A table in memory. The use cases of a whole history write to it, and what is there at the end
goes to the real table in a few large calls."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, TypeVar

from chalicelib import moments, wiring
from chalicelib.aws.table import INDEX_KEYS
from chalicelib.errors import WriteRefused
from chalicelib.retry import retrying
from chalicelib.table import (
    ABSENT,
    Below,
    Check,
    Delete,
    Item,
    Key,
    Page,
    Put,
    Query,
    Scan,
    Table,
    Update,
    Write,
    key_of,
)

AT_ONCE: Final = 100  # of one transaction
WRITERS: Final = 4
HIGHEST: Final = "\U0010ffff"
T = TypeVar("T")


class Gathered:
    def __init__(self) -> None:
        self._partitions: dict[str, dict[str, Item]] = {}

    def items(self) -> Iterator[Item]:
        for partition in self._partitions.values():
            yield from partition.values()

    def get(self, key: Key) -> Item | None:
        return self._partitions.get(key.pk, {}).get(key.sk)

    def get_all(self, keys: Sequence[Key], consistent: bool = True) -> dict[Key, Item]:
        return {key: item for key in keys if (item := self.get(key)) is not None}

    def write(self, write: Write) -> None:
        self.transact([write])

    def update(self, update: Update) -> Item:
        self.transact([update])
        return self._partitions[update.key.pk][update.key.sk]

    def transact(self, writes: Sequence[Write | Check]) -> None:
        for index, write in enumerate(writes):
            current = self.get(key_written(write))
            if not holds(write, current or {}):
                raise WriteRefused(index, current)
        for write in writes:
            self._apply(write)

    def query(self, query: Query) -> Page:
        pk, sk = INDEX_KEYS[query.index] if query.index else ("PK", "SK")
        lowest, highest = query.lowest or "", query.highest or HIGHEST
        found = [
            item
            for item in self._within(query.partition, query.index, pk)
            if sk in item and lowest <= item[sk] <= highest
        ]
        return _page(found, query, (sk, "PK", "SK"), {pk}, query.newest_first)

    def scan(self, scan: Scan) -> Page:
        starts = tuple(scan.starts)
        found = [
            item
            for item in self.items()
            if item["PK"].startswith(starts)
            and (scan.survey is None or item.get("survey", scan.survey) == scan.survey)
        ]
        return _page(found, scan, ("PK", "SK"), set())

    def together(self, reads: Sequence[Callable[[], T]]) -> list[T]:
        return [read() for read in reads]

    def send(self, table: Table, now: datetime) -> None:
        """Safe to run again on the same day: the same history has the same keys."""
        puts = [Put(_as_imported(item, now)) for item in self.items() if _is_kept(item, now)]
        parts = [puts[start : start + AT_ONCE] for start in range(0, len(puts), AT_ONCE)]
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(lambda part: _send(part, table), parts))

    def _within(self, partition: str, index: str | None, pk: str) -> Iterable[Item]:
        if index is None:
            return self._partitions.get(partition, {}).values()
        within = self._partitions.values()  # no call for each item: ticks look at all of them
        return [item for rows in within for item in rows.values() if item.get(pk) == partition]

    def _apply(self, write: Write | Check) -> None:
        key = key_written(write)
        partition = self._partitions.setdefault(key.pk, {})
        if isinstance(write, Put):
            partition[key.sk] = dict(write.item)
        elif isinstance(write, Update):
            partition[key.sk] = updated(partition.get(key.sk, key.as_item()), write)
        elif isinstance(write, Delete):
            partition.pop(key.sk, None)


def _as_imported(item: Item, now: datetime) -> Item:
    """What has an id makes events. These happened long ago: nobody is to hear of them, and the
    sweep is to miss nothing of them."""
    if "id" not in item:
        return item
    origin = {"origin": "import"} if "origin" in item else {}
    return {**item, **origin, "imported_at": moments.to_text(now)}


def _is_kept(item: Item, now: datetime) -> bool:
    """TTL would have taken the others."""
    return bool(item.get("expires_at", now.timestamp() + 1) > now.timestamp())


def _send(part: list[Put], table: Table) -> None:
    retrying(lambda _: table.transact(part), wiring.pause)


def _page(
    found: list[Item],
    asked: Query | Scan,
    order: tuple[str, ...],
    names: set[str],
    newest_first: bool = False,
) -> Page:
    def place(item: Item) -> tuple[Any, ...]:
        return tuple(item[name] for name in order)

    found.sort(key=place, reverse=newest_first)
    if asked.after:
        start = place(asked.after)
        found = [
            item for item in found if (place(item) < start if newest_first else place(item) > start)
        ]
    taken = found[: asked.limit]
    is_full = bool(asked.limit) and len(taken) == asked.limit
    last = {name: taken[-1][name] for name in {*order, *names}} if is_full else None
    return Page(taken, last)


def key_written(write: Write | Check) -> Key:
    return key_of(write.item) if isinstance(write, Put) else write.key


def holds(write: Write | Check, current: Item) -> bool:
    return all(_is_as(current, name, wanted) for name, wanted in write.when.items())


def updated(current: Item, update: Update) -> Item:
    item = {**update.first, **current, **update.set}
    for name, count in update.add.items():
        item[name] = item.get(name, 0) + count
    return {name: value for name, value in item.items() if name not in update.remove}


def _is_as(current: Item, name: str, wanted: Any) -> bool:
    if wanted is ABSENT:
        return name not in current
    if isinstance(wanted, Below):
        return name not in current or bool(current[name] < wanted.limit)
    return bool(current.get(name) == wanted)
