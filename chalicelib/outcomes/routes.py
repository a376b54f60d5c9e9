"""The routes of outcomes, and of the table of outcomes beside scores."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib import wiring as root_wiring
from chalicelib.accounts import wiring as accounts_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.outcomes import show_outcome as shown
from chalicelib.outcomes import wiring
from chalicelib.outcomes.list_outcomes import list_outcomes as list_page
from chalicelib.outcomes.record_outcome import (
    COLUMNS,
    NEEDED_COLUMNS,
    outcome_rows,
)
from chalicelib.outcomes.record_outcome import record_outcome as record
from chalicelib.outcomes.report import as_rows, show_outcomes
from chalicelib.outcomes.schemas import (
    EXAMPLE,
    Outcome,
    OutcomeBody,
    OutcomeList,
    OutcomeListQuery,
    OutcomeReport,
    OutcomesQuery,
)
from chalicelib.outcomes.timeline import show_timeline as timeline_of
from chalicelib.outcomes.timeline_schemas import Timeline
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.answer import CSV, Reply, accepted, created, deleted, ok
from chalicelib.web.audited import BY_THOUSANDS
from chalicelib.web.call import Call, json_body
from chalicelib.web.csv_export import csv_response
from chalicelib.web.csv_import import read_rows
from chalicelib.web.endpoint import endpoint
from chalicelib.web.import_progress import progress_of
from chalicelib.web.import_rows import FILES, import_rows, told
from chalicelib.web.pagination import PageQuery
from chalicelib.web.schemas import Import


@endpoint(
    "Tell of a referral, a renewal or a churn",
    ok("It was told before.", Outcome),
    created("The outcome.", Outcome),
    description="One of `email`, `person` and `account`. Churn has a reason, and nothing else"
    " has one.",
    scope=Scope.OUTCOMES_WRITE,
    body=json_body(OutcomeBody, EXAMPLE),
    repeats=True,
    not_noted=BY_THOUSANDS,
)
def record_outcome(call: Call[Any, OutcomeBody]) -> Reply[Outcome]:
    needs, disclosure = wiring.record_outcome_needs(), disclosure_for(call.key)
    outcome, is_new = record(call.body, call.idempotency_key, call.key.id, call.now, needs)
    place = {"Location": f"/v1/outcomes/{outcome.id}"}
    return Reply(shown.show_outcome(outcome, disclosure), 201 if is_new else 200, place)


@endpoint(
    "Take a file of outcomes in",
    ok("What became of each row.", Import),
    accepted("Some rows wait: send the file again.", Import),
    description=f"One of email, person and account in each row. {FILES}",
    scope=Scope.OUTCOMES_WRITE,
    rows=COLUMNS,
    repeats=True,
)
def import_outcomes(call: Call[Any, Any]) -> Reply[Import]:
    time_left = root_wiring.lasting(root_wiring.FILE_S)
    rows = read_rows(call.raw, call.content_type, COLUMNS, NEEDED_COLUMNS)
    progress = progress_of(call, "outcomes", root_wiring.table())
    kind = outcome_rows(rows, call.key.id, call.now, wiring.record_outcome_needs())
    return told(import_rows(rows, kind, progress, time_left))


@endpoint(
    "List the outcomes of a kind",
    ok("The last ones that happened first.", OutcomeList),
    description="A page may be empty and have a `next`. `person` wants the scope `people:read`.",
    scope=Scope.OUTCOMES_READ,
    query=OutcomeListQuery,
)
def list_outcomes(call: Call[OutcomeListQuery, Any]) -> OutcomeList:
    return list_page(call.query, wiring.outcomes(), disclosure_for(call.key))


@endpoint("Show an outcome", ok("The outcome.", Outcome), scope=Scope.OUTCOMES_READ)
def show_outcome(call: Call[Any, Any], outcome: str) -> Outcome:
    return shown.show_outcome(wiring.outcomes().get(outcome), disclosure_for(call.key))


@endpoint("Take an outcome back", deleted("It is gone."), scope=Scope.OUTCOMES_WRITE)
def delete_outcome(call: Call[Any, Any], outcome: str) -> None:
    wiring.outcomes().delete(outcome)


@endpoint(
    "Show what an account answered and did, and its tasks",
    ok("The last first.", Timeline),
    description="Of the account's contacts and of whom the directory has in it, for two years."
    " Answers to sealed surveys are never in it.",
    scope=Scope.PEOPLE_READ,
    query=PageQuery,
)
def show_timeline(call: Call[PageQuery, Any], account: str) -> Timeline:
    found = accounts_wiring.accounts().get(account).id
    return timeline_of(found, call.query, call.now, wiring.timeline_needs())


@endpoint(
    "Show outcomes beside what people had answered",
    ok("A row for each band, for the silent and the never asked.", OutcomeReport, also=(CSV,)),
    description="Two things that move together need not explain each other. The key needs the"
    " scope `people:read` too.",
    scope=Scope.OUTCOMES_READ,
    query=OutcomesQuery,
)
def show_outcomes_of_survey(
    call: Call[OutcomesQuery, Any], survey: str
) -> OutcomeReport | HttpResponse:
    # An outcome that is told of one person moves the row of their answer by one.
    disclosure_for(call.key).require_people()
    definition = surveys_wiring.surveys().get(survey)
    report = show_outcomes(definition, call.query, call.now, wiring.show_outcomes_needs())
    if call.kind == CSV:
        return csv_response(*as_rows(report), Vary="Accept")
    return report
