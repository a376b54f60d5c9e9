"""What the use cases of goals need."""

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.scores.goals.set_goal import SetGoalNeeds
from chalicelib.scores.goals.store import GoalStore
from chalicelib.tally import wiring as tally_wiring


def goals() -> GoalStore:
    return GoalStore(wiring.table())


def set_goal_needs() -> SetGoalNeeds:
    return SetGoalNeeds(goals(), invitations_wiring.deliveries(), tally_wiring.tallies())
