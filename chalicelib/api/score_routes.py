"""Scores, from the tallies."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, query, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/scores", methods=["GET"])
@answering_problems
def show_scores(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.accept import CSV, JSON, best_of
    from chalicelib.api.conditional import revalidated
    from chalicelib.api.csv_table import csv_response
    from chalicelib.api.queries import read_query
    from chalicelib.api.queries_scores import ScoresQuery
    from chalicelib.api.scores import as_rows, show_scores

    sign_in(Scope.SCORES_READ)
    kind = best_of(header("accept"), (JSON, CSV))
    asked = read_query(ScoresQuery, query())
    definition = settled(survey)
    today = moments.day_in(moments.now(), definition.tz)
    shown = show_scores(definition, asked, today, wiring.tallies())
    made = json_response(200, shown)
    if kind == CSV:
        made = csv_response(*as_rows(shown, definition.scale))
    return revalidated(made, header("if-none-match"))
