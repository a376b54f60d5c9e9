"""What the use cases of goals need."""

from chalicelib import wiring
from chalicelib.scores.goals.set_goal import SetGoalNeeds
from chalicelib.scores.goals.store import GoalStore
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.idempotency import DeliveryStore


def goals() -> GoalStore:
    return GoalStore(wiring.table())


def set_goal_needs() -> SetGoalNeeds:
    return SetGoalNeeds(goals(), DeliveryStore(wiring.table()), tally_wiring.tallies())
