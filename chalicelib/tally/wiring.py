"""What reading the tally needs."""

from chalicelib import wiring
from chalicelib.tally.store import TallyStore


def tallies() -> TallyStore:
    return TallyStore(wiring.table())
