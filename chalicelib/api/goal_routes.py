"""Goals: what a survey is to reach, and by when."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, json_body, query, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response, no_content


@api.route("/v1/surveys/{survey}/goals", methods=["POST"], content_types=["*/*"])
@answering_problems
def set_goal(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.goals import Setting, set_goal, show_goals

    key = sign_in(Scope.SURVEYS_WRITE)
    body, now = json_body(), moments.now()
    definition, again = settled(survey), header("idempotency-key")
    needs = Setting(wiring.goals(), wiring.deliveries(), wiring.tallies())
    goal = set_goal(definition, body, again, key, now, needs)
    today = moments.day_in(now, definition.tz)
    (shown,) = show_goals(definition, [goal], today, needs.tallies)
    return json_response(201, shown, Location=f"/v1/surveys/{survey}/goals/{goal.id}")


@api.route("/v1/surveys/{survey}/goals", methods=["GET"])
@answering_problems
def list_goals(survey: str) -> HttpResponse:
    """All of them, the one that ends first before the others."""
    from chalicelib import wiring
    from chalicelib.api.goals import show_goals
    from chalicelib.api.lists import list_response
    from chalicelib.api.queries import Query, read_query

    sign_in(Scope.SURVEYS_READ)
    read_query(Query, query())
    definition = settled(survey)
    today = moments.day_in(moments.now(), definition.tz)
    goals = wiring.goals().all(survey)
    return list_response(show_goals(definition, goals, today, wiring.tallies()), None)


@api.route("/v1/surveys/{survey}/goals/{goal}", methods=["DELETE"])
@answering_problems
def delete_goal(survey: str, goal: str) -> HttpResponse:
    from chalicelib import wiring

    sign_in(Scope.SURVEYS_WRITE)
    wiring.goals().delete(survey, goal)
    return no_content()
