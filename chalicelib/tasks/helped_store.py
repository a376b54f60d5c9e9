from contextlib import suppress
from datetime import datetime

from chalicelib import keys, moments
from chalicelib.errors import WriteRefused
from chalicelib.responses.judge.entries import facts_in
from chalicelib.responses.judge.facts import Fact, Facts
from chalicelib.responses.note_fact import note_fact
from chalicelib.table import Table, Update


class HelpedStore:
    """What was seen of the links of *Did this help?*. Its item is made with the words that are
    told."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def told_at(self, task_id: str) -> datetime | None:
        """None: nobody was told, or it is forgotten."""
        item = self._table.get(keys.helped(task_id))
        return moments.from_text(item["told_at"]) if item else None

    def note(self, task_id: str, fact: Fact, closes_at: datetime) -> Facts:
        """Raises as note_fact."""
        return note_fact(self._table, keys.helped(task_id), fact, closes_at)

    def facts(self, task_id: str) -> Facts:
        return facts_in(self._table.get(keys.helped(task_id)))

    def wait(self, task_id: str, until: datetime) -> None:
        """A tick looks at it then. Raises as Table.write."""
        key = keys.helped(task_id)
        waits = {"due_shard": keys.due_shard(task_id), "due_at": moments.to_text(until)}
        with suppress(WriteRefused):  # it is forgotten
            self._table.write(Update(key, set=waits, when={"PK": key.pk}))
