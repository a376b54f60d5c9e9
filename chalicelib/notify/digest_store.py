from contextlib import suppress
from datetime import date, datetime

from msgspec import Struct

from chalicelib import keys, moments, sent_keys
from chalicelib.errors import WriteRefused
from chalicelib.table import Table, Update


class Waiting(Struct, frozen=True):
    """When the next digest of a team is due. `since`: what came before was in the last one."""

    team: str
    due_at: datetime
    since: date


class DigestStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, team_id: str) -> Waiting | None:
        item = self._table.get(sent_keys.digest(team_id))
        if item is None or "due_at" not in item:
            return None
        since = date.fromisoformat(item["since"])
        return Waiting(team_id, moments.from_text(item["due_at"]), since)

    def move(self, before: Waiting, after: Waiting) -> None:
        """Unless another tick or a change of the team has moved it. Raises as Table.write."""
        set_ = {"due_at": moments.to_text(after.due_at), "since": after.since.isoformat()}
        set_["due_shard"] = keys.due_shard(after.team)
        when = {"due_at": moments.to_text(before.due_at)}
        with suppress(WriteRefused):
            self._table.write(Update(sent_keys.digest(after.team), set=set_, when=when))

    def stop(self, before: Waiting) -> None:
        """Nobody looks at it any more. Raises as Table.write."""
        when = {"due_at": moments.to_text(before.due_at)}
        key = sent_keys.digest(before.team)
        with suppress(WriteRefused):
            self._table.write(Update(key, remove=["due_shard", "due_at"], when=when))
