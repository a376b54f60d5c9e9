"""The routes of goals."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.scores.goals import wiring
from chalicelib.scores.goals.schemas import GoalBody, GoalList, GoalProgress
from chalicelib.scores.goals.set_goal import set_goal as set_new_goal
from chalicelib.scores.goals.show_goals import show_goals
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.answer import Reply, created, deleted, made, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint
from chalicelib.web.query import Query

EXAMPLE = {"metric": "score", "target": 40, "by": "2027-06-30"}


@endpoint(
    "List the goals",
    ok("The one that ends first comes first.", GoalList),
    scope=Scope.SURVEYS_READ,
    query=Query,
)
def list_goals(call: Call[Query, Any], survey: str) -> GoalList:
    definition = surveys_wiring.surveys().get(survey)
    today = moments.day_in(call.now, definition.tz)
    goals = wiring.goals().all(survey)
    return {"items": show_goals(definition, goals, today, tally_wiring.tallies()), "next": None}


@endpoint(
    "Set a goal",
    created("The goal, and where it stands.", GoalProgress),
    scope=Scope.SURVEYS_WRITE,
    body=json_body(GoalBody, EXAMPLE),
    repeats=True,
)
def set_goal(call: Call[Any, GoalBody], survey: str) -> Reply[GoalProgress]:
    definition, needs = surveys_wiring.surveys().get(survey), wiring.set_goal_needs()
    once = call.once(["goals", survey, call.json], needs.deliveries)
    goal = set_new_goal(definition, call.body, call.key.id, once, call.now, needs)
    today = moments.day_in(call.now, definition.tz)
    (shown,) = show_goals(definition, [goal], today, needs.tallies)
    return made(shown, f"/v1/surveys/{survey}/goals/{goal.id}")


@endpoint("Give a goal up", deleted("It is gone."), scope=Scope.SURVEYS_WRITE)
def delete_goal(call: Call[Any, Any], survey: str, goal: str) -> None:
    wiring.goals().delete(survey, goal)
