"""Outcomes, and the scores that stand beside them."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses.settle_due import settled
from chalicelib.web.endpoint import api, header, json_body, query, raw_body, sign_in
from chalicelib.web.problems import answering_problems, json_response, no_content


@api.route("/v1/outcomes", methods=["POST"], content_types=["*/*"])
@answering_problems
def record_outcome() -> HttpResponse:
    """One outcome, or a file of them."""
    from chalicelib.outcomes import wiring as outcomes_wiring
    from chalicelib.outcomes.record_outcome import (
        COLUMNS,
        record_by_api,
        show_outcome,
        storing_rows,
    )
    from chalicelib.web.csv_import import import_rows, is_csv, read_rows

    key = sign_in(Scope.OUTCOMES_WRITE)
    raw, content_type = raw_body()
    needs, now = outcomes_wiring.recording(), moments.now()
    if is_csv(content_type):
        rows = read_rows(raw, content_type, COLUMNS, ("kind", "happened_at"))
        return json_response(200, import_rows(rows, "id", storing_rows(rows, now, needs)))
    made, new = record_by_api(json_body(), header("idempotency-key"), key.id, now, needs)
    return json_response(
        201 if new else 200, show_outcome(made), Location=f"/v1/outcomes/{made.id}"
    )


@api.route("/v1/outcomes/{outcome}", methods=["GET"])
@answering_problems
def show_one_outcome(outcome: str) -> HttpResponse:
    from chalicelib.outcomes import wiring as outcomes_wiring
    from chalicelib.outcomes.record_outcome import show_outcome

    sign_in(Scope.OUTCOMES_READ)
    return json_response(200, show_outcome(outcomes_wiring.outcomes().get(outcome)))


@api.route("/v1/outcomes/{outcome}", methods=["DELETE"])
@answering_problems
def delete_outcome(outcome: str) -> HttpResponse:
    """A mistake is taken back; the numbers are made anew at every reading."""
    from chalicelib.outcomes import wiring as outcomes_wiring

    sign_in(Scope.OUTCOMES_WRITE)
    outcomes_wiring.outcomes().delete(outcome)
    return no_content()


@api.route("/v1/surveys/{survey}/outcomes", methods=["GET"])
@answering_problems
def show_outcomes_of_survey(survey: str) -> HttpResponse:
    from chalicelib.outcomes import wiring as outcomes_wiring
    from chalicelib.outcomes.query import OutcomesQuery
    from chalicelib.outcomes.report import report_of
    from chalicelib.outcomes.table import csv_of
    from chalicelib.web.negotiation import CSV, JSON, best_of
    from chalicelib.web.query import read_query

    sign_in(Scope.OUTCOMES_READ)
    kind = best_of(header("accept"), (JSON, CSV))
    asked = read_query(OutcomesQuery, query())
    found = report_of(settled(survey), asked, moments.now(), outcomes_wiring.sources())
    return csv_of(found) if kind == CSV else json_response(200, found, Vary="Accept")
