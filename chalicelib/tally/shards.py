"""How many shards the counts of a survey have. Writers that meet open more, and none is closed.

The number is stored before a shard is used. So whoever reads it and then all these shards finds
every count that was written before. A writer may know an older number: those shards are open.
"""

from collections.abc import Callable, Iterable
from typing import Final

from chalicelib import keys, tally_keys
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict, WriteRefused
from chalicelib.retry import no_limit, retrying
from chalicelib.table import Below, Item, Table, Update, each

MOST: Final = 256
# By the number of a try, from 0 on. Writers who meet once only wait: it happens to a quiet
# survey too, and each open shard is one more query for whoever reads.
WANTED: Final = (1, 1, 4, 16, 64, 64, 64, MOST)
# Of the lists. Their entries meet no conflicts, so fewer take the same rate.
BUCKETS: Final = 8

# Takes the survey and the number of the try. Gives the shard to count on.
ShardOf = Callable[[str, int], int]


class Shards:
    """Of one process: what it once knew stays true. `pick(n)` gives 0..n-1 by chance."""

    def __init__(self, table: Table, pick: Callable[[int], int]) -> None:
        self._table = table
        self._pick = pick
        self._known: dict[str, int] = {}

    def for_try(self, survey_id: str, attempt: int) -> int:
        """0 until there is contention, so that a quiet survey keeps one item a day. Raises as
        Table.update and Table.get."""
        if attempt and self._known.get(survey_id, 0) < MOST:
            self._known[survey_id] = self._opened(survey_id, attempt)
        return self._pick(self._known.get(survey_id, 1))

    def _opened(self, survey_id: str, attempt: int) -> int:
        wanted = WANTED[min(attempt, len(WANTED) - 1)]
        found = opened(self._table, survey_id)
        if found >= wanted:
            return found
        # Lists of all surveys are read by the number of all, so that one is stored first.
        self._open(keys.ANY_SURVEY, wanted)
        return self._open(survey_id, wanted)

    def _open(self, survey_id: str, wanted: int) -> int:
        update = Update(
            tally_keys.shards(survey_id), set={"open": wanted}, when={"open": Below(wanted)}
        )
        try:
            return int(self._table.update(update)["open"])
        except WriteRefused as refused:
            return _number(refused.current)


def write_counted(
    write: Callable[[int], None],
    survey_id: str,
    shard_of: ShardOf,
    pause: Callable[[int], None],
    time_left: Callable[[], float] = no_limit,
) -> None:
    """Runs a write that is guarded by a condition of its own, with the shard to count on.
    Raises WriteRefused (which a lost answer of our own may cause) and, after all tries or
    the time, Unavailable."""
    retrying(
        lambda attempt: write(shard_of(survey_id, attempt)),
        pause,
        on=(WriteConflict, OutcomeUnknown, Unavailable),
        time_left=time_left,
    )


def open_in(table: Table, survey_ids: Iterable[str]) -> dict[str, int]:
    """By survey."""
    wanted = {survey_id: tally_keys.shards(survey_id) for survey_id in survey_ids}
    found = each(table, list(wanted.values()))
    return {one: _number(found.get(key)) for one, key in wanted.items()}


def opened(table: Table, survey_id: str) -> int:
    return _number(table.get(tally_keys.shards(survey_id)))


def _number(item: Item | None) -> int:
    return int(item["open"]) if item else 1


def buckets_of(shards: int) -> int:
    return min(shards, BUCKETS)


def bucket_for(shard: int) -> int:
    return shard % BUCKETS
