"""What the use cases of teams need."""

from chalicelib import wiring
from chalicelib.teams.store import TeamStore


def teams() -> TeamStore:
    return TeamStore(wiring.table())
