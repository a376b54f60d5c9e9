"""Responses, their themes, what the judge does, and an operator's word on what it holds."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring
from chalicelib.responses.count_themes import count_themes
from chalicelib.responses.export import file_of, limit_of
from chalicelib.responses.list_responses import Listed, list_answers, list_changes
from chalicelib.responses.query import ResponsesQuery, check_fits
from chalicelib.responses.response import Response as StoredResponse
from chalicelib.responses.schemas import (
    DecisionBody,
    Judged,
    Response,
    ResponsePage,
    ThemeCounts,
)
from chalicelib.responses.settle_due import settled
from chalicelib.responses.show_responses import (
    Lookups,
    look_up,
    show,
    show_judgements,
    show_or_erased,
)
from chalicelib.responses.tap import decide
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tally.tally import JUDGED
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.web.answer import CSV, JSON, JSON_LINES, Reply, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.days import DaysQuery, check_days, days_of
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import next_link


@endpoint(
    "List what people said",
    ok(
        "The newest first; with `updated_since` the oldest change.",
        ResponsePage,
        also=(CSV, *JSON_LINES),
    ),
    description="One request reads a bounded number of answers: a page may be empty and have a"
    " `next`. Who answered is shown to a key that has the scope `people:read` too.",
    scope=Scope.RESPONSES_READ,
    query=ResponsesQuery,
)
def list_responses(
    call: Call[ResponsesQuery, Any], survey: str
) -> Reply[ResponsePage] | HttpResponse:
    definition = settled(survey, call.now)
    check_fits(call.query, definition)
    listed = _listed(call, definition)
    lookups = _lookups(listed.responses, definition, call)
    rows = [show_or_erased(response, lookups) for response in listed.responses]
    if call.kind == JSON:
        return Reply({"items": rows, "next": listed.cursor}, headers=_settled_to(listed))
    return file_of(rows, call.kind, definition, _file_headers(call, listed))


@endpoint(
    "Accept or dismiss a held response",
    ok("The response as it stands now.", Response),
    description="404 when it is not held.",
    scope=Scope.RESPONSES_WRITE,
    body=json_body(DecisionBody, {"state": "counted"}),
)
def decide_response(call: Call[Any, DecisionBody], survey: str, response: str) -> Response:
    definition = surveys_wiring.surveys().get(survey)
    is_accepted = call.body.state == "counted"
    decided = decide(
        response, survey, is_accepted, call.key.id, call.now, wiring.tap_needs(definition)
    )
    return show(decided, _lookups([decided], definition, call))


@endpoint(
    "Count what comments are about",
    ok("By band, with no score.", ThemeCounts),
    scope=Scope.RESPONSES_READ,
    query=DaysQuery,
)
def show_themes(call: Call[DaysQuery, Any], survey: str) -> ThemeCounts:
    check_days(call.query)
    return count_themes(settled(survey, call.now), call.query, wiring.responses())


@endpoint(
    "Show what the judge does",
    ok("Counts by state, reason and mail posture.", Judged),
    scope=Scope.RESPONSES_READ,
    query=DaysQuery,
)
def show_judged(call: Call[DaysQuery, Any], survey: str) -> Judged:
    definition = settled(survey, call.now)
    days = days_of(call.query, moments.day_in(call.now, definition.tz))
    counted = tally_wiring.tallies().days(survey, days.first, days.end, JUDGED)
    return show_judgements(survey, days, counted.values())


def _listed(call: Call[ResponsesQuery, Any], survey: Survey) -> Listed:
    limit, responses = limit_of(call.query.limit, call.kind), wiring.responses()
    if call.query.updated_since:
        return list_changes(survey, call.query, limit, responses, call.now)
    causes_of = tasks_wiring.tasks().causes_of
    return list_answers(survey, call.query, limit, responses, causes_of)


def _lookups(responses: list[StoredResponse], survey: Survey, call: Call[Any, Any]) -> Lookups:
    causes_of = tasks_wiring.tasks().causes_of
    invitations = invitations_wiring.invitations().find_all
    return look_up(responses, survey, call.key.scopes, causes_of, invitations)


def _settled_to(listed: Listed) -> dict[str, str]:
    settled_to = listed.settled_to
    return {"Settled-To": moments.to_text(settled_to)} if settled_to else {}


def _file_headers(call: Call[ResponsesQuery, Any], listed: Listed) -> dict[str, str]:
    """A file has no place for `next` but the link."""
    link = {"Link": next_link(call.asked, listed.cursor)} if listed.cursor else {}
    return {"Vary": "Accept", **_settled_to(listed), **link}
