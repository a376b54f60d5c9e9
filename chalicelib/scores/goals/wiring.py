"""What the use cases of goals need."""

from chalicelib import wiring
from chalicelib.scores.goals.store import GoalStore


def goals() -> GoalStore:
    return GoalStore(wiring.table())
