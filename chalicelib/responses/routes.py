"""Responses, their themes, what the judge does, and an operator's word on what it holds."""

from typing import Any

from chalice.app import Response as HttpResponse
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.disclosure.sealed import WORDS_FROM, refuse_sealed
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import NotFound
from chalicelib.responses import wiring
from chalicelib.responses.count_themes import count_themes
from chalicelib.responses.export import file_of, limit_of
from chalicelib.responses.list_by_day import list_answers_by_day, list_changes_by_day
from chalicelib.responses.list_responses import Listed, list_answers, list_changes
from chalicelib.responses.query import ResponsesQuery, check_fits, check_sealed
from chalicelib.responses.record import erase_response, new_operation
from chalicelib.responses.response import Response as StoredResponse
from chalicelib.responses.results import as_listed
from chalicelib.responses.schemas import (
    DecisionBody,
    Judged,
    Response,
    ResponsePage,
    ThemeCounts,
)
from chalicelib.responses.show_responses import (
    Lookups,
    look_up,
    show,
    show_judgements,
    show_or_erased,
)
from chalicelib.responses.take_words import take_words
from chalicelib.responses.tap import decide
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import delete_task
from chalicelib.web.answer import CSV, JSON, JSON_LINES, Reply, deleted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.days import DaysQuery, check_days, days_of
from chalicelib.web.endpoint import endpoint
from chalicelib.web.next_link import next_link

NOT_JUDGED = (
    "What the judge holds of this survey is published nowhere. The closing record counts it."
)
BY_RECEIPT = (
    "Nobody can tell whose answer this is, and one that goes would tell by what the numbers fall."
    " Whoever gave it takes its words away with the receipt."
)


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
    definition = surveys_wiring.definition_for_reading(survey)
    told = disclosure_for(call.key)
    check_fits(call.query, definition, told)
    listed = _listed(call, definition, told)
    lookups = _lookups(listed.responses, definition, told)
    rows = [show_or_erased(response, lookups) for response in listed.responses]
    headers = _settled_to(listed, definition, told)
    if call.kind == JSON:
        return Reply({"items": rows, "next": listed.cursor}, headers=headers)
    return file_of(rows, call.kind, definition, headers | _file_headers(call, listed))


@endpoint(
    "Accept or dismiss a held response",
    ok("The response as it stands now.", Response),
    description="404 when it is not held.",
    scope=Scope.RESPONSES_WRITE,
    body=json_body(DecisionBody, {"state": "counted"}),
)
def decide_response(call: Call[Any, DecisionBody], survey: str, response: str) -> Response:
    definition = surveys_wiring.surveys().get(survey)
    if definition.is_sealed:
        refuse_sealed("survey", NOT_JUDGED)
    is_accepted = call.body.state == "counted"
    told = disclosure_for(call.key)
    held = told.real_id(response, "response")
    needs = wiring.tap_needs(definition)
    decided = decide(held, survey, is_accepted, call.key.id, call.now, needs)
    return show(decided, _lookups([decided], definition, told))


@endpoint(
    "Erase a response",
    deleted("It is gone, with its words, its counts and its task."),
    description="The invitation stays, and its link gives no second answer. The feed of changes"
    " tells of it. Of an anonymous survey only the words and the address of somebody who asked to"
    " be contacted go. To erase everything of a person: `POST /v1/people/erasures`.",
    scope=Scope.PEOPLE_WRITE,
    conflicts=True,
)
def delete_response(call: Call[Any, Any], survey: str, response: str) -> None:
    definition = surveys_wiring.surveys().get(survey)
    if definition.is_sealed and not definition.names_itself:
        refuse_sealed("survey", BY_RECEIPT)
    real = disclosure_for(call.key).real_id(response, "response")
    found = wiring.responses().find(real)
    if found is None or found.survey != survey:
        raise NotFound("response")
    # The response goes first: no task is opened for what is gone.
    if definition.is_sealed:
        _take_words_of_named(found, definition, call)
    else:
        erase_response(real, new_operation(call.now), call.now, wiring.record_needs())
    delete_task(real, tasks_wiring.change_task_needs())


@endpoint(
    "Count what comments are about",
    ok("By band, with no score.", ThemeCounts),
    scope=Scope.RESPONSES_READ,
    query=DaysQuery,
)
def show_themes(call: Call[DaysQuery, Any], survey: str) -> ThemeCounts:
    check_days(call.query)
    definition, told = surveys_wiring.definition_for_reading(survey), disclosure_for(call.key)
    answers = _published(definition) if definition.is_sealed else None
    return count_themes(definition, call.query, wiring.responses(), told, answers)


@endpoint(
    "Show what the judge does",
    ok("Counts by state, reason and mail posture.", Judged),
    scope=Scope.RESPONSES_READ,
    query=DaysQuery,
)
def show_judged(call: Call[DaysQuery, Any], survey: str) -> Judged:
    definition = surveys_wiring.surveys().get(survey)
    if definition.is_sealed:
        refuse_sealed("survey", NOT_JUDGED)
    days = days_of(call.query, moments.day_in(call.now, definition.tz))
    counted = tally_wiring.tallies().days(survey, days.first, days.end)
    return show_judgements(survey, days, counted.values())


def _take_words_of_named(found: StoredResponse, survey: Survey, call: Call[Any, Any]) -> None:
    """The address goes too. The number stays: it is on the board."""
    if not found.is_named_ballot:
        refuse_sealed("survey", BY_RECEIPT)
    ballots_wiring.conversations().end(survey.id, found.id)
    take_words(found.id, survey, call.now, wiring.record_needs())


def _listed(call: Call[ResponsesQuery, Any], survey: Survey, told: Disclosure) -> Listed:
    if not survey.is_sealed:
        return _read(call, survey, told)
    answers = _published(survey)
    check_sealed(call.query, answers)
    if answers < WORDS_FROM:
        return Listed([], None)
    listed = _read(call, survey, told)
    return replace(listed, responses=[as_listed(one, answers) for one in listed.responses])


def _published(survey: Survey) -> int:
    """Answers among which somebody can hide."""
    return tally_wiring.tallies().answers(survey.id)


def _read(call: Call[ResponsesQuery, Any], survey: Survey, told: Disclosure) -> Listed:
    query, limit, responses = call.query, limit_of(call.query.limit, call.kind), wiring.responses()
    if query.updated_since:
        if told.sees_people:
            return list_changes(survey, query, limit, responses, call.now)
        return list_changes_by_day(survey, query, limit, responses, call.now, told)
    causes_of = tasks_wiring.tasks().causes_of
    if told.sees_people:
        return list_answers(survey, query, limit, responses, causes_of)
    return list_answers_by_day(survey, query, limit, responses, causes_of, told)


def _lookups(responses: list[StoredResponse], survey: Survey, told: Disclosure) -> Lookups:
    causes_of = tasks_wiring.tasks().causes_of
    return look_up(responses, survey, told, causes_of)


def _settled_to(listed: Listed, survey: Survey, told: Disclosure) -> dict[str, str]:
    edge = listed.settled_to
    return {"Settled-To": told.time(edge, survey.tz)} if edge else {}


def _file_headers(call: Call[ResponsesQuery, Any], listed: Listed) -> dict[str, str]:
    """A file has no place for `next` but the link."""
    link = {"Link": next_link(call.asked, listed.cursor)} if listed.cursor else {}
    return {"Vary": "Accept", **link}
