"""Limits how many answers a network may give to an open link in a minute. The counter is named
by a keyed hash of network and minute, so no address can be found or followed."""

from datetime import datetime

from chalicelib import ids, keys
from chalicelib.deadline import refuse_late
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict, WriteRefused
from chalicelib.networks import prefix_of
from chalicelib.table import ABSENT, Table, Update

LIMIT = 10
WINDOW_S = 60
KEPT_S = 60 * 60


def counted_as(survey_id: str, address: str, now: datetime, key: bytes) -> str:
    minute = int(now.timestamp()) // WINDOW_S
    return ids.keyed_id(key, f"rate\x00{survey_id}\x00{prefix_of(address)}\x00{minute}")


def seconds_left(now: datetime) -> int:
    """Seconds to the next minute, at least 1."""
    return WINDOW_S - int(now.timestamp()) % WINDOW_S


class RateStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def take(self, counted: str, now: datetime, limit: int = LIMIT) -> bool:
        """False when the limit is reached. Raises Unavailable."""
        taken = self._taken(counted)
        for _ in range(2 * limit):
            if taken >= limit:
                return False
            refuse_late()
            try:
                self._table.write(_increment(counted, taken, now))
            except WriteRefused as refused:
                # Another answer was counted first, so this count only rises.
                taken = int(str((refused.current or {}).get("taken", 0)))
            except (WriteConflict, OutcomeUnknown):
                taken = self._taken(counted)
            else:
                return True
        raise Unavailable

    def _taken(self, counted: str) -> int:
        item = self._table.get(keys.rate(counted))
        return item["taken"] if item else 0


def _increment(counted: str, taken: int, now: datetime) -> Update:
    return Update(
        keys.rate(counted),
        set={"expires_at": int(now.timestamp()) + KEPT_S},
        add={"taken": 1},
        when={"taken": taken or ABSENT},
    )
