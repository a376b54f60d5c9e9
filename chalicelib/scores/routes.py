"""The route of the scores."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure import wiring as disclosure_wiring
from chalicelib.scores.query import ScoresQuery
from chalicelib.scores.schemas import Scores
from chalicelib.scores.show_scores import as_rows
from chalicelib.scores.show_scores import show_scores as show
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.answer import CSV, ok
from chalicelib.web.call import Call
from chalicelib.web.csv_export import csv_response
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Show the scores",
    ok("The range, its periods, and with `by` its segments.", Scores, also=(CSV,)),
    description="Exact, and equally fast at any number of responses. `reading` tells how far to"
    " trust them. Nothing is sorted by score and no score is of an employee: a request"
    " that tries is refused (400) with the reason. A survey that is not named shows a split over"
    " its whole life only, and only of groups that are large enough.",
    scope=Scope.SCORES_READ,
    query=ScoresQuery,
    cached=True,
)
def show_scores(call: Call[ScoresQuery, Any], survey: str) -> Scores | HttpResponse:
    tallies = tally_wiring.tallies()
    (definition,) = tallies.beside_open([survey], lambda: surveys_wiring.surveys().get(survey))
    shown = show(definition, call.query, call.now, tallies, disclosure_wiring.cells().ledger)
    if call.kind == CSV:
        return csv_response(*as_rows(shown, definition.scale))
    return shown
