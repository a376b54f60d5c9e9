"""Responses, and an operator's word on those that are held."""

from typing import TYPE_CHECKING, Any

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses.settle_due import settled
from chalicelib.web.endpoint import api, header, json_body, query, sign_in
from chalicelib.web.problems import answering_problems, json_response

if TYPE_CHECKING:
    from chalicelib.responses.response import Response
    from chalicelib.surveys.definition import Survey


@api.route("/v1/surveys/{survey}/responses", methods=["GET"])
@answering_problems
def list_responses(survey: str) -> HttpResponse:
    """Newest first and filtered; or every change since a time, the oldest first."""
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.export import OFFERED, answer_in, limit_of
    from chalicelib.responses.list_responses import list_answers, list_changes
    from chalicelib.responses.query import read_responses_query
    from chalicelib.tasks import wiring as tasks_wiring
    from chalicelib.web.negotiation import best_of
    from chalicelib.web.pagination import next_link

    key = sign_in(Scope.RESPONSES_READ)
    kind = best_of(header("accept"), OFFERED)
    definition = settled(survey)
    asked = read_responses_query(query(), definition)
    limit = limit_of(asked.limit, kind)
    if asked.updated_since:
        found = list_changes(definition, asked, limit, responses_wiring.responses(), moments.now())
    else:
        causes_of = tasks_wiring.tasks().causes_of
        found = list_answers(definition, asked, limit, responses_wiring.responses(), causes_of)
    headers = {"Vary": "Accept"}
    if found.cursor:
        headers["Link"] = next_link(query(), found.cursor)
    if found.settled_to:
        headers["Settled-To"] = moments.to_text(found.settled_to)
    rows = _shown(found.responses, definition, key.scopes)
    return answer_in(kind, rows, found.cursor, definition, headers)


@api.route("/v1/surveys/{survey}/responses/{response}", methods=["PATCH"], content_types=["*/*"])
@answering_problems
def decide_response(survey: str, response: str) -> HttpResponse:
    """An operator accepts or dismisses what the judge holds."""
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.show_responses import is_accepted
    from chalicelib.responses.tap import decide
    from chalicelib.surveys import wiring as surveys_wiring

    key = sign_in(Scope.RESPONSES_WRITE)
    accepted = is_accepted(json_body())
    definition = surveys_wiring.surveys().get(survey)
    decided = decide(response, survey, accepted, moments.now(), responses_wiring.taking(definition))
    return json_response(200, _shown([decided], definition, key.scopes)[0])


@api.route("/v1/surveys/{survey}/themes", methods=["GET"])
@answering_problems
def show_themes(survey: str) -> HttpResponse:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.count_themes import count_themes
    from chalicelib.web.days import DaysQuery, check_days
    from chalicelib.web.query import read_query

    sign_in(Scope.RESPONSES_READ)
    asked = read_query(DaysQuery, query())
    check_days(asked)
    return json_response(200, count_themes(settled(survey), asked, responses_wiring.responses()))


@api.route("/v1/surveys/{survey}/judged", methods=["GET"])
@answering_problems
def show_judged(survey: str) -> HttpResponse:
    """What the judge does: counts by state, reason and mail posture."""
    from chalicelib.responses.show_responses import show_judgements
    from chalicelib.tally import wiring as tally_wiring
    from chalicelib.tally.tally import JUDGED
    from chalicelib.web.days import DaysQuery, days_of
    from chalicelib.web.query import read_query

    sign_in(Scope.RESPONSES_READ)
    definition = settled(survey)
    asked = days_of(read_query(DaysQuery, query()), moments.day_in(moments.now(), definition.tz))
    days = tally_wiring.tallies().days(survey, asked.first, asked.end, JUDGED)
    return json_response(200, show_judgements(survey, asked, days.values()))


def _shown(
    found: "list[Response]", definition: "Survey", scopes: frozenset[Scope]
) -> list[dict[str, Any]]:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.responses.show_responses import beside, show
    from chalicelib.tasks import wiring as tasks_wiring

    causes, invitations = tasks_wiring.tasks().causes_of, invitations_wiring.invitations().find_all
    around = beside(found, definition, scopes, causes, invitations)
    return [show(one, around) for one in found]
