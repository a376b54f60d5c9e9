"""What looking up an answer needs."""

from chalicelib import wiring
from chalicelib.ballots.memory import BallotMemory
from chalicelib.lookups.lookup import LookUpNeeds
from chalicelib.lookups.store import LookupStore
from chalicelib.responses import wiring as responses_wiring


def lookups() -> LookupStore:
    return LookupStore(wiring.table())


def memory() -> BallotMemory:
    return BallotMemory(wiring.ballot_table())


def look_up_needs() -> LookUpNeeds:
    return LookUpNeeds(lookups(), memory(), responses_wiring.responses().find)
