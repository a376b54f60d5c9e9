from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import SUPPRESS
from chalicelib.table import ABSENT, IF_NEW, Check, Condition, Item, Key, Put, Table, each, key_of
from chalicelib.tasks.plan import NOT_COUNTED, NOT_WANTED
from chalicelib.tasks.task import BY_ANSWER

# Why an effect was not done that may be wanted again.
DROPPED: Final = (NOT_WANTED, NOT_COUNTED)


class EffectStore:
    """The items that effects become: tasks, follow-ups, letters and deliveries."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def made(self, keys: Sequence[Key]) -> dict[Key, Item]:
        """Those that are there and were not dropped."""
        found = each(self._table, keys)
        return {key: item for key, item in found.items() if not is_dropped(item)}

    def find(self, keys: Sequence[Key]) -> dict[Key, Item]:
        return each(self._table, keys)

    def add_beside(self, item: Item, read: Mapping[Key, Item | None]) -> None:
        """Only if all that was `read`, the item's own place among it, is still so: two that are
        written at the same time do not know of each other. Raises as Table.transact."""
        own = key_of(item)
        checks = [Check(key, _as_read(found)) for key, found in read.items() if key != own]
        self._table.transact([Put(item, _as_read(read.get(own))), *checks])

    def add(self, item: Item) -> None:
        """If new, or in the place of one that was dropped. Raises as Table.write, but for a
        refusal: another run was faster."""
        try:
            self._table.write(Put(item, IF_NEW))
        except WriteRefused as refused:
            dropped = refused.current or {}
            if is_dropped(dropped):
                when = {**SUPPRESS.set, "reason": dropped["reason"]}
                with suppress(WriteRefused):
                    self._table.write(Put(item, when))


def _as_read(item: Item | None) -> Condition:
    return {name: item.get(name, ABSENT) for name in ("status", "reason")} if item else IF_NEW


def is_dropped(item: Item) -> bool:
    return item.get("reason") in DROPPED or item.get("cause") in BY_ANSWER
