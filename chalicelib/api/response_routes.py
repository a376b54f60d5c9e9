"""Responses, and an operator's word on those that are held."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, json_body, query, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/responses", methods=["GET"])
@answering_problems
def list_responses(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.lists import list_response, page_of
    from chalicelib.api.responses import show, state_asked

    sign_in(Scope.RESPONSES_READ)
    settled(survey)
    page = page_of(query(), "PK", "SK", "list_pk", "list_sk")
    found, last = wiring.responses().page(survey, state_asked(query()), page.limit, page.after)
    return list_response([show(one) for one in found], last)


@api.route("/v1/surveys/{survey}/responses/{response}", methods=["PATCH"], content_types=["*/*"])
@answering_problems
def decide_response(survey: str, response: str) -> HttpResponse:
    """An operator accepts or dismisses what the judge holds."""
    from chalicelib import wiring
    from chalicelib.api.responses import is_accepted, show
    from chalicelib.respond.tap import decide

    sign_in(Scope.RESPONSES_WRITE)
    accepted = is_accepted(json_body())
    needs = wiring.taking(wiring.surveys().get(survey))
    return json_response(200, show(decide(response, survey, accepted, moments.now(), needs)))


@api.route("/v1/surveys/{survey}/judged", methods=["GET"])
@answering_problems
def show_judged(survey: str) -> HttpResponse:
    """What the judge does: counts by state, reason and mail posture."""
    from chalicelib import wiring
    from chalicelib.api.queries import read_query
    from chalicelib.api.ranges import DaysQuery, days_of
    from chalicelib.api.responses import show_judgements
    from chalicelib.score.tally import JUDGED

    sign_in(Scope.RESPONSES_READ)
    definition = settled(survey)
    asked = days_of(read_query(DaysQuery, query()), moments.day_in(moments.now(), definition.tz))
    days = wiring.tallies().days(survey, asked.first, asked.end, JUDGED)
    return json_response(200, show_judgements(survey, asked, days.values()))
