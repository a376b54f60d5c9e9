"""Goals: what a survey is to reach, and by when."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses.settle_due import settled
from chalicelib.web.endpoint import api, header, json_body, query, sign_in
from chalicelib.web.problems import answering_problems, json_response, no_content


@api.route("/v1/surveys/{survey}/goals", methods=["POST"], content_types=["*/*"])
@answering_problems
def set_goal(survey: str) -> HttpResponse:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.scores.goals import wiring as goals_wiring
    from chalicelib.scores.goals.set_goal import Setting, set_goal, show_goals
    from chalicelib.tally import wiring as tally_wiring

    key = sign_in(Scope.SURVEYS_WRITE)
    body, now = json_body(), moments.now()
    definition, again = settled(survey), header("idempotency-key")
    needs = Setting(goals_wiring.goals(), invitations_wiring.deliveries(), tally_wiring.tallies())
    goal = set_goal(definition, body, again, key, now, needs)
    today = moments.day_in(now, definition.tz)
    (shown,) = show_goals(definition, [goal], today, needs.tallies)
    return json_response(201, shown, Location=f"/v1/surveys/{survey}/goals/{goal.id}")


@api.route("/v1/surveys/{survey}/goals", methods=["GET"])
@answering_problems
def list_goals(survey: str) -> HttpResponse:
    """All of them, the one that ends first before the others."""
    from chalicelib.scores.goals import wiring as goals_wiring
    from chalicelib.scores.goals.set_goal import show_goals
    from chalicelib.tally import wiring as tally_wiring
    from chalicelib.web.pagination import list_response
    from chalicelib.web.query import Query, read_query

    sign_in(Scope.SURVEYS_READ)
    read_query(Query, query())
    definition = settled(survey)
    today = moments.day_in(moments.now(), definition.tz)
    goals = goals_wiring.goals().all(survey)
    return list_response(show_goals(definition, goals, today, tally_wiring.tallies()), None)


@api.route("/v1/surveys/{survey}/goals/{goal}", methods=["DELETE"])
@answering_problems
def delete_goal(survey: str, goal: str) -> HttpResponse:
    from chalicelib.scores.goals import wiring as goals_wiring

    sign_in(Scope.SURVEYS_WRITE)
    goals_wiring.goals().delete(survey, goal)
    return no_content()
