"""What reading and writing the tally needs."""

from functools import cache

from chalicelib import wiring
from chalicelib.tally.shards import Shards
from chalicelib.tally.store import TallyStore


@cache
def shards() -> Shards:
    return Shards(wiring.table(), wiring.pick)


def tallies() -> TallyStore:
    return TallyStore(wiring.table())
