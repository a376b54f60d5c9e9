"""The API for machines. Each of these files registers its views on the blueprint `api`."""

from chalice.app import Response as HttpResponse

from chalicelib.api import (  # noqa: F401
    account_routes,
    ask_routes,
    benchmark_routes,
    goal_routes,
    insight_routes,
    outcome_routes,
    reference_routes,
    response_routes,
    score_routes,
    survey_routes,
    task_routes,
)
from chalicelib.api.door import api as api
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/health", methods=["GET"])
@answering_problems
def health() -> HttpResponse:
    return json_response(200, {"status": "ok"})
