"""Internal and external surveys side by side, each beside its own past."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses.settle_due import settle
from chalicelib.web.endpoint import api, header, query, sign_in
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/benchmarks", methods=["GET"])
@answering_problems
def show_benchmarks() -> HttpResponse:
    from urllib.parse import urlencode

    from chalicelib.scores.benchmarks import show_benchmarks as benchmarks
    from chalicelib.scores.goals import wiring as goals_wiring
    from chalicelib.surveys import wiring as surveys_wiring
    from chalicelib.tally import wiring as tally_wiring
    from chalicelib.web.csv_export import csv_response
    from chalicelib.web.cursor import encode_cursor
    from chalicelib.web.etag import revalidated
    from chalicelib.web.negotiation import CSV, JSON, best_of
    from chalicelib.web.query import read_query

    sign_in(Scope.SCORES_READ)
    kind = best_of(header("accept"), (JSON, CSV))
    asked = read_query(benchmarks.BenchmarksQuery, query())
    surveys, last = surveys_wiring.surveys().page(benchmarks.SURVEYS_ON_A_PAGE, asked.after)
    needs = benchmarks.Reading(tally_wiring.tallies(), goals_wiring.goals(), settle)
    shown = benchmarks.show_benchmarks(surveys, moments.now(), needs)
    cursor = encode_cursor(last)
    made = json_response(200, shown | {"next": cursor})
    if kind == CSV:
        made = csv_response(*benchmarks.as_rows(shown))
    if cursor:
        made.headers["Link"] = f'<?{urlencode({"cursor": cursor})}>; rel="next"'
    return revalidated(made, header("if-none-match"))
