"""Responses, and an operator's word on those that are held."""

from typing import TYPE_CHECKING, Any

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, json_body, query, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response

if TYPE_CHECKING:
    from chalicelib.respond.response import Response
    from chalicelib.survey.definition import Survey


@api.route("/v1/surveys/{survey}/responses", methods=["GET"])
@answering_problems
def list_responses(survey: str) -> HttpResponse:
    """Newest first and filtered; or every change since a time, the oldest first."""
    from chalicelib import wiring
    from chalicelib.api.accept import best_of
    from chalicelib.api.lists import next_link
    from chalicelib.api.queries_responses import read_responses_query
    from chalicelib.api.response_answers import OFFERED, answer_in, limit_of
    from chalicelib.api.response_list import list_answers, list_changes

    key = sign_in(Scope.RESPONSES_READ)
    kind = best_of(header("accept"), OFFERED)
    definition = settled(survey)
    asked = read_responses_query(query(), definition)
    limit = limit_of(asked.limit, kind)
    if asked.updated_since:
        found = list_changes(definition, asked, limit, wiring.responses(), moments.now())
    else:
        causes_of = wiring.tasks().causes_of
        found = list_answers(definition, asked, limit, wiring.responses(), causes_of)
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
    from chalicelib import wiring
    from chalicelib.api.responses import is_accepted
    from chalicelib.respond.tap import decide

    key = sign_in(Scope.RESPONSES_WRITE)
    accepted = is_accepted(json_body())
    definition = wiring.surveys().get(survey)
    decided = decide(response, survey, accepted, moments.now(), wiring.taking(definition))
    return json_response(200, _shown([decided], definition, key.scopes)[0])


@api.route("/v1/surveys/{survey}/themes", methods=["GET"])
@answering_problems
def show_themes(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.queries import read_query
    from chalicelib.api.ranges import DaysQuery, check_days
    from chalicelib.api.theme_counts import count_themes

    sign_in(Scope.RESPONSES_READ)
    asked = read_query(DaysQuery, query())
    check_days(asked)
    return json_response(200, count_themes(settled(survey), asked, wiring.responses()))


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


def _shown(
    found: "list[Response]", definition: "Survey", scopes: frozenset[Scope]
) -> list[dict[str, Any]]:
    from chalicelib import wiring
    from chalicelib.api.responses import beside, show

    causes, invitations = wiring.tasks().causes_of, wiring.invitations().find_all
    around = beside(found, definition, scopes, causes, invitations)
    return [show(one, around) for one in found]
