"""Internal and external surveys side by side, each beside its own past."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, query, settle, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/benchmarks", methods=["GET"])
@answering_problems
def show_benchmarks() -> HttpResponse:
    from urllib.parse import urlencode

    from chalicelib import wiring
    from chalicelib.api import benchmarks
    from chalicelib.api.accept import CSV, JSON, best_of
    from chalicelib.api.conditional import revalidated
    from chalicelib.api.csv_table import csv_response
    from chalicelib.api.cursor import encode_cursor
    from chalicelib.api.queries import read_query

    sign_in(Scope.SCORES_READ)
    kind = best_of(header("accept"), (JSON, CSV))
    asked = read_query(benchmarks.BenchmarksQuery, query())
    surveys, last = wiring.surveys().page(benchmarks.SURVEYS_ON_A_PAGE, asked.after)
    needs = benchmarks.Reading(wiring.tallies(), wiring.goals(), settle)
    shown = benchmarks.show_benchmarks(surveys, moments.now(), needs)
    cursor = encode_cursor(last)
    made = json_response(200, shown | {"next": cursor})
    if kind == CSV:
        made = csv_response(*benchmarks.as_rows(shown))
    if cursor:
        made.headers["Link"] = f'<?{urlencode({"cursor": cursor})}>; rel="next"'
    return revalidated(made, header("if-none-match"))
