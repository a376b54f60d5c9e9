"""How many answers one network may give to an open link in a minute. What is counted is a
keyed hash that holds the minute, so no address can be found or followed."""

from datetime import datetime

from chalicelib import ids, keys
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict, WriteRefused
from chalicelib.table import ABSENT, Table, Update
from chalicelib.web.request import prefix_of

LIMIT = 10
WINDOW_S = 60
KEPT_S = 60 * 60


def counted_as(survey_id: str, address: str, now: datetime, key: bytes) -> str:
    minute = int(now.timestamp()) // WINDOW_S
    return ids.keyed_id(key, f"rate\x00{survey_id}\x00{prefix_of(address)}\x00{minute}")


def seconds_left(now: datetime) -> int:
    """To the next minute, at least one."""
    return WINDOW_S - int(now.timestamp()) % WINDOW_S


class RateStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def take(self, counted: str, now: datetime) -> bool:
        """Counts one more; False when the limit is reached. Raises Unavailable. Whoever is
        refused was overtaken, so the count it is told only rises."""
        taken = self._taken(counted)
        for _ in range(2 * LIMIT):
            if taken >= LIMIT:
                return False
            try:
                self._table.write(_one_more(counted, taken, now))
            except WriteRefused as refused:
                taken = int(str((refused.current or {}).get("taken", 0)))
            except (WriteConflict, OutcomeUnknown):
                taken = self._taken(counted)
            else:
                return True
        raise Unavailable

    def _taken(self, counted: str) -> int:
        item = self._table.get(keys.rate(counted))
        return item["taken"] if item else 0


def _one_more(counted: str, taken: int, now: datetime) -> Update:
    return Update(
        keys.rate(counted),
        set={"expires_at": int(now.timestamp()) + KEPT_S},
        add={"taken": 1},
        when={"taken": taken or ABSENT},
    )
