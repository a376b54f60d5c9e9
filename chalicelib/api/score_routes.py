"""Scores, from the tallies."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, query, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/scores", methods=["GET"])
@answering_problems
def show_scores(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.ranges import range_of
    from chalicelib.score.report import scores

    sign_in(Scope.SCORES_READ)
    definition = settled(survey)
    asked = range_of(query(), moments.day_in(moments.now(), definition.tz))
    days = wiring.tallies().days(survey, asked.first, asked.end)
    facts = {"survey": survey, "metric": definition.scale, "tz": definition.tz}
    found = scores(days, asked.first, asked.end, asked.step, definition.scale)
    return json_response(200, facts | found)
