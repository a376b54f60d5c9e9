from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import SUPPRESS
from chalicelib.table import IF_NEW, Item, Key, Put, Table, each
from chalicelib.tasks.plan import NOT_COUNTED, NOT_WANTED
from chalicelib.tasks.task import BY_ANSWER

# Why an effect was not done that may be wanted again.
DROPPED: Final = (NOT_WANTED, NOT_COUNTED)


class EffectStore:
    """The items that effects become: tasks, follow-ups, letters and deliveries."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def made(self, keys: Sequence[Key]) -> set[Key]:
        """Those that are there and were not dropped."""
        found = each(self._table, keys)
        return {key for key, item in found.items() if not _is_dropped(item)}

    def add(self, item: Item) -> None:
        """If new, or in the place of one that was dropped. Raises as Table.write, but for a
        refusal: another run was faster."""
        try:
            self._table.write(Put(item, IF_NEW))
        except WriteRefused as refused:
            dropped = refused.current or {}
            if _is_dropped(dropped):
                when = {**SUPPRESS.set, "reason": dropped["reason"]}
                with suppress(WriteRefused):
                    self._table.write(Put(item, when))


def _is_dropped(item: Item) -> bool:
    return item.get("reason") in DROPPED or item.get("cause") in BY_ANSWER
