"""Outcomes, and the scores that stand beside them."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, json_body, query, raw_body, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response, no_content


@api.route("/v1/outcomes", methods=["POST"], content_types=["*/*"])
@answering_problems
def record_outcome() -> HttpResponse:
    """One outcome, or a file of them."""
    from chalicelib import wiring_outcomes
    from chalicelib.api.csv_rows import import_rows, is_csv, read_rows
    from chalicelib.api.outcomes import COLUMNS, record_by_api, show_outcome, storing_rows

    key = sign_in(Scope.OUTCOMES_WRITE)
    raw, content_type = raw_body()
    needs, now = wiring_outcomes.recording(), moments.now()
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
    from chalicelib import wiring_outcomes
    from chalicelib.api.outcomes import show_outcome

    sign_in(Scope.OUTCOMES_READ)
    return json_response(200, show_outcome(wiring_outcomes.outcomes().get(outcome)))


@api.route("/v1/outcomes/{outcome}", methods=["DELETE"])
@answering_problems
def delete_outcome(outcome: str) -> HttpResponse:
    """A mistake is taken back; the numbers are made anew at every reading."""
    from chalicelib import wiring_outcomes

    sign_in(Scope.OUTCOMES_WRITE)
    wiring_outcomes.outcomes().delete(outcome)
    return no_content()


@api.route("/v1/surveys/{survey}/outcomes", methods=["GET"])
@answering_problems
def show_outcomes_of_survey(survey: str) -> HttpResponse:
    from chalicelib import wiring_outcomes
    from chalicelib.api.accept import CSV, JSON, best_of
    from chalicelib.api.outcome_report import report_of
    from chalicelib.api.outcome_table import csv_of
    from chalicelib.api.queries import read_query
    from chalicelib.api.queries_outcomes import OutcomesQuery

    sign_in(Scope.OUTCOMES_READ)
    kind = best_of(header("accept"), (JSON, CSV))
    asked = read_query(OutcomesQuery, query())
    found = report_of(settled(survey), asked, moments.now(), wiring_outcomes.sources())
    return csv_of(found) if kind == CSV else json_response(200, found, Vary="Accept")
