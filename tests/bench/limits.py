"""What a table of DynamoDB takes: units by partition and second, and one transaction at a time
on an item. Pure; time is given.

Sources: 1,000 write units and 3,000 read units a partition and second, whatever its keys; a new
table on demand takes 4,000 write units, so it has four; a transaction costs its items twice, also
when it is cancelled; an index has partitions of its own, and one that is full refuses the write
to the table.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chalicelib.aws.table import INDEX_KEYS
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict, WriteRefused
from chalicelib.table import Below, Check, Delete, Item, Key, Put, Update, Write
from tests.support.capacity import index_units, size_of

WRITES, READS = 1000, 3000
NEW_PARTITIONS = 4


class Partitions:
    """By the hash of a key. What a partition does not take in a second is not saved up."""

    def __init__(self, count: int, units_a_second: int) -> None:
        self._limit = units_a_second
        self._left = [float(units_a_second)] * count
        self._at = [0.0] * count

    def takes(self, wanted: Iterable[tuple[str, float]], now: float) -> bool:
        """All or nothing. `wanted` are keys with their units."""
        needed: dict[int, float] = {}
        for key, units in wanted:
            place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % len(self._left)
            needed[place] = needed.get(place, 0) + units
        for place in needed:
            gained = (now - self._at[place]) * self._limit
            self._left[place] = min(self._limit, self._left[place] + max(0.0, gained))
            self._at[place] = max(now, self._at[place])
        if any(self._left[place] < units for place, units in needed.items()):
            return False
        for place, units in needed.items():
            self._left[place] -= units
        return True


@dataclass
class LimitedTable:
    """The part of chalicelib.table.Table that an answer uses. `now` is set from outside."""

    partitions: int
    now: float = 0.0
    calls: int = 0
    conflicts: int = 0
    throttles: int = 0
    units: float = 0.0
    _items: dict[Key, Item] = field(default_factory=dict)
    _held: dict[Key, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._writes = Partitions(self.partitions, WRITES)
        self._reads = Partitions(self.partitions, READS)
        self._indexes = {name: Partitions(self.partitions, WRITES) for name in INDEX_KEYS}

    def get(self, key: Key) -> Item | None:
        self.calls += 1
        if not self._reads.takes([(key.pk, 1)], self.now):
            raise Unavailable
        return self._items.get(key)

    def update(self, update: Update) -> Item:
        """Of a number that only grows."""
        self.calls += 1
        if not self._writes.takes([(update.key.pk, 1)], self.now):
            raise OutcomeUnknown
        current = self._items.get(update.key, {})
        for name, wanted in update.when.items():
            assert isinstance(wanted, Below)
            if current.get(name, 0) >= wanted.limit:
                raise WriteRefused(0, current)
        self._items[update.key] = {**current, **update.set}
        return self._items[update.key]

    def note(self, update: Update) -> None:
        """An entry of a visit, to which nobody else writes."""
        self.calls += 1
        before = self._items.get(update.key)
        noted = {**update.key.as_item(), **update.first, **(before or {}), **update.set}
        self._charge([(update.key.pk, _whole_units(noted))])
        self._charge_indexes([(before, noted)])
        self._items[update.key] = noted

    def begin(self, writes: Sequence[Write | Check], until: float) -> None:
        """A transaction that holds its items up to `until`. Raises as Table.transact."""
        assert not any(isinstance(write, Delete) for write in writes)
        self.calls += 1
        entries = [(_key(write), _units(write)) for write in writes]
        self._charge([(key.pk, 2 * units) for key, units in entries])
        if any(self._held.get(key, 0.0) > self.now for key, _ in entries):
            self.conflicts += 1
            raise WriteConflict
        puts = {_key(write): write.item for write in writes if isinstance(write, Put)}
        self._charge_indexes([(self._items.get(key), item) for key, item in puts.items()])
        self._items |= puts
        self._held |= dict.fromkeys((key for key, _ in entries), until)

    def _charge(self, wanted: list[tuple[str, float]]) -> None:
        self.units += sum(units for _, units in wanted)
        self._take(self._writes, wanted)

    def _charge_indexes(self, changes: Sequence[tuple[Item | None, Item]]) -> None:
        for name, partitions in self._indexes.items():
            place = INDEX_KEYS[name][0]
            self._take(
                partitions,
                [
                    ((after if place in after else before or {}).get(place, ""), units)
                    for before, after in changes
                    if (units := index_units(before, after, name))
                ],
            )

    def _take(self, partitions: Partitions, wanted: list[tuple[str, float]]) -> None:
        if not partitions.takes(wanted, self.now):
            self.throttles += 1
            raise OutcomeUnknown


def _key(write: Write | Check) -> Key:
    return Key(write.item["PK"], write.item["SK"]) if isinstance(write, Put) else write.key


def _units(write: Write | Check) -> int:
    # What is updated here has less than 1 KB: a test of the tallies holds it.
    return _whole_units(write.item) if isinstance(write, Put) else 1


def _whole_units(item: Item) -> int:
    return math.ceil(size_of(item) / 1024)
