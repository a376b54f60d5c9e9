"""What calls of DynamoDB cost in capacity units, by the documented formulae. moto gives the
same made-up number whatever is read or written, so the units are counted here from the items.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html (write capacity)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

import boto3

from chalicelib.aws.table import INDEX_KEYS, unpack
from chalicelib.table import Item

READ_UNIT, WRITE_UNIT = 4096, 1024
READS = ("GetItem", "BatchGetItem", "Query", "Scan")
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")


def size_of(item: Item) -> int:
    return sum(_bytes(name) + _value_size(value) for name, value in item.items())


def read_units(size: int, consistent: bool = True) -> float:
    """Of one item, or of all items of a query together. Nothing found costs as much as one."""
    return max(1, ceil(size / READ_UNIT)) * (1.0 if consistent else 0.5)


def write_units(before: Item | None, after: Item | None, in_transaction: bool) -> int:
    """The item at the greater of its two sizes, twice in a transaction, and each index entry
    once in any case: two when it moves, none when nothing of it changes."""
    size = max(size_of(before or {}), size_of(after or {}))
    whole = _written(size) * (2 if in_transaction else 1)
    return whole + sum(index_units(before, after, name) for name in INDEX_KEYS)


def index_units(before: Item | None, after: Item | None, index: str) -> int:
    return _index_units(_entry(before, index), _entry(after, index), INDEX_KEYS[index])


@dataclass(frozen=True)
class Call:
    """`partitions` and `items` are what was read, or what was written."""

    operation: str
    partitions: tuple[str, ...]
    index: str | None
    items: int
    units: float


class Meter:
    """Every call that a client made and was answered, by the client's own events."""

    def __init__(self, client: Any) -> None:
        self.calls: list[Call] = []
        # Looks at the items before and after a write, and is not counted itself.
        self._apart = boto3.client("dynamodb")
        self._client = client

    def units(self, *operations: str) -> float:
        return sum(call.units for call in self.calls if call.operation in operations)

    @contextmanager
    def running(self) -> Iterator["Meter"]:
        events = self._client.meta.events
        events.register("provide-client-params.dynamodb", self._asked)
        events.register("after-call.dynamodb", self._answered)
        try:
            yield self
        finally:
            events.unregister("provide-client-params.dynamodb", self._asked)
            events.unregister("after-call.dynamodb", self._answered)

    def _asked(self, params: dict[str, Any], model: Any, context: Any, **_: Any) -> None:
        context["asked"] = params
        if model.name in WRITES:
            context["before"] = [self._look(one) for one in _written_by(model.name, params)]

    def _answered(self, parsed: dict[str, Any], model: Any, context: Any, **_: Any) -> None:
        count = self._write if model.name in WRITES else _read
        self.calls.append(count(model.name, context, parsed))

    def _write(self, operation: str, context: Any, parsed: dict[str, Any]) -> Call:
        writes = _written_by(operation, context["asked"])
        in_transaction = operation == "TransactWriteItems"
        units = sum(
            write_units(before, self._look(write), in_transaction)
            for before, write in zip(context["before"], writes, strict=True)
        )
        keys = tuple(unpack(_key_of(write))["PK"] for write in writes)
        return Call(operation, keys, None, len(writes), units)

    def _look(self, write: dict[str, Any]) -> Item | None:
        found = self._apart.get_item(
            TableName=write["TableName"], Key=_key_of(write), ConsistentRead=True
        )
        return unpack(found["Item"]) if "Item" in found else None


def _read(operation: str, context: Any, parsed: dict[str, Any]) -> Call:
    asked = context["asked"]
    if operation == "GetItem":
        item = unpack(parsed.get("Item", {}))
        units = read_units(size_of(item), asked.get("ConsistentRead", False))
        return Call(operation, (unpack(asked["Key"])["PK"],), None, int(bool(item)), units)
    if operation == "BatchGetItem":
        return _batch(operation, asked, parsed)
    items = [unpack(raw) for raw in parsed.get("Items", [])]
    units = read_units(sum(map(size_of, items)), asked.get("ConsistentRead", False))
    values = asked.get("ExpressionAttributeValues", {})
    partition = unpack(values)[":pk"] if operation == "Query" else ""
    return Call(operation, (partition,), asked.get("IndexName"), len(items), units)


def _batch(operation: str, asked: dict[str, Any], parsed: dict[str, Any]) -> Call:
    keys = [key for table in asked["RequestItems"].values() for key in table["Keys"]]
    found = [unpack(raw) for table in parsed["Responses"].values() for raw in table]
    missing = float(len(keys) - len(found))
    share = 1.0 if all(table["ConsistentRead"] for table in asked["RequestItems"].values()) else 0.5
    units = share * (sum(read_units(size_of(item)) for item in found) + missing)
    partitions = tuple(unpack(key)["PK"] for key in keys)
    return Call(operation, partitions, None, len(found), units)


def _written_by(operation: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    if operation != "TransactWriteItems":
        return [params]
    return [write for action in params["TransactItems"] for write in action.values()]


def _key_of(write: dict[str, Any]) -> dict[str, Any]:
    whole = write.get("Key") or write["Item"]
    return {name: whole[name] for name in ("PK", "SK")}


def _entry(item: Item | None, index: str) -> Item | None:
    names = INDEX_KEYS[index]
    if item is None or not all(name in item for name in names):
        return None
    # `listed` has whole items, `due` their keys.
    return item if index == "listed" else {name: item[name] for name in ("PK", "SK", *names)}


def _index_units(before: Item | None, after: Item | None, names: tuple[str, ...]) -> int:
    if before == after:
        return 0
    sizes = [_written(size_of(one)) for one in (before, after) if one]
    both = before is not None and after is not None
    moved = before and after and [before[one] for one in names] != [after[one] for one in names]
    return max(sizes) if both and not moved else sum(sizes)


def _written(size: int) -> int:
    return max(1, ceil(size / WRITE_UNIT))


def _value_size(value: Any) -> int:
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, int):
        return _number_size(value)
    if isinstance(value, dict):
        return 3 + sum(1 + _bytes(name) + _value_size(part) for name, part in value.items())
    if isinstance(value, list):
        return 3 + sum(1 + _value_size(part) for part in value)
    return _bytes(value)


def _number_size(value: int) -> int:
    """One byte for two significant digits, one more, and one for the sign of a negative one."""
    digits = len(str(abs(value)).strip("0"))
    return ceil(digits / 2) + 1 + (value < 0)


def _bytes(text: str) -> int:
    return len(text.encode())
