"""What is counted once a day, so that reading it costs the same however much was counted. An
erasure outdates it: whoever asks counts live until it is counted again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.table import ABSENT, Check, Item, Put, Table, Update, Write

_OUTDATED: Final = keys.snapshot(keys.ANY_SURVEY, "OUTDATED")


class Snapshot(Struct, frozen=True):
    as_of: datetime
    result: Item


class SnapshotStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, survey_id: str, name: str) -> Snapshot | None:
        """None also when it was outdated since. One call, two units."""
        key, outdated = keys.snapshot(survey_id, name), _OUTDATED
        found = self._table.get_all([key, outdated])
        item = found.get(key)
        if item is None or item["outdated"] != _number(found.get(outdated)):
            return None
        return Snapshot(moments.from_text(item["as_of"]), item["result"])

    def outdated(self) -> int:
        """How often all snapshots were outdated."""
        return _number(self._table.get(_OUTDATED))

    def put(
        self, survey_id: str, results: Mapping[str, Item], as_of: datetime, outdated: int
    ) -> None:
        """By name. Raises as Table.transact: WriteRefused when they were outdated since
        `outdated` was read, so that nothing erased comes back."""
        facts = {"as_of": moments.to_text(as_of), "outdated": outdated}
        puts = [
            Put({**keys.snapshot(survey_id, name).as_item(), **facts, "result": result})
            for name, result in results.items()
        ]
        self._table.transact([*puts, Check(_OUTDATED, {"times": outdated or ABSENT})])


def outdating() -> Write:
    """For the transaction that erases."""
    return Update(_OUTDATED, add={"times": 1})


def _number(item: Item | None) -> int:
    return int(item["times"]) if item else 0
