"""Scores, from the tallies."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses.settle_due import settled
from chalicelib.web.endpoint import api, header, query, sign_in
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/scores", methods=["GET"])
@answering_problems
def show_scores(survey: str) -> HttpResponse:
    from chalicelib.scores.query import ScoresQuery
    from chalicelib.scores.show_scores import as_rows, show_scores
    from chalicelib.tally import wiring as tally_wiring
    from chalicelib.web.csv_export import csv_response
    from chalicelib.web.etag import revalidated
    from chalicelib.web.negotiation import CSV, JSON, best_of
    from chalicelib.web.query import read_query

    sign_in(Scope.SCORES_READ)
    kind = best_of(header("accept"), (JSON, CSV))
    asked = read_query(ScoresQuery, query())
    definition = settled(survey)
    today = moments.day_in(moments.now(), definition.tz)
    shown = show_scores(definition, asked, today, tally_wiring.tallies())
    made = json_response(200, shown)
    if kind == CSV:
        made = csv_response(*as_rows(shown, definition.scale))
    return revalidated(made, header("if-none-match"))
