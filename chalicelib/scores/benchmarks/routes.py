"""The route of the benchmarks: internal and external surveys in two lists."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.api_keys.api_key import Scope
from chalicelib.scores.benchmarks import wiring
from chalicelib.scores.benchmarks.schemas import Benchmarks, BenchmarksQuery
from chalicelib.scores.benchmarks.show_benchmarks import as_rows
from chalicelib.scores.benchmarks.show_benchmarks import show_benchmarks as show
from chalicelib.web.answer import CSV, ok
from chalicelib.web.call import Call
from chalicelib.web.csv_export import csv_response
from chalicelib.web.endpoint import endpoint
from chalicelib.web.next_link import next_link


@endpoint(
    "Show every survey beside its own baseline",
    ok("Internal and external ones apart, in the order of names.", Benchmarks, also=(CSV,)),
    description="A survey is compared with its own first answers and with its goal, never with"
    " another. A key that is limited to surveys is shown its own, and nobody is"
    " shown a trial.",
    scope=Scope.SCORES_READ,
    query=BenchmarksQuery,
    cached=True,
    by_survey=True,
)
def show_benchmarks(call: Call[BenchmarksQuery, Any]) -> Benchmarks | HttpResponse:
    needs = wiring.show_benchmarks_needs()
    shown = show(call.query.after, call.key.surveys, call.now, needs)
    if call.kind != CSV:
        return shown
    table = csv_response(*as_rows(shown))
    if shown["next"]:
        table.headers["Link"] = next_link(call.asked, shown["next"])
    return table
