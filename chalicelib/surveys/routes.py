"""Surveys, and their open links as QR codes."""

from typing import Any, cast

from chalice.app import Response as HttpResponse

from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.keys import SURVEYS
from chalicelib.surveys import wiring
from chalicelib.surveys.board import refuse_other_board, with_board, without_board
from chalicelib.surveys.delete_survey import delete_survey as delete
from chalicelib.surveys.put_survey import put_survey as put
from chalicelib.surveys.put_survey import read_survey
from chalicelib.surveys.qr import open_address, svg_of
from chalicelib.surveys.schemas import EXAMPLE, SurveyBody, SurveyDocument, SurveyPage
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.answer import deleted, file, ok
from chalicelib.web.call import Body, Call, Json
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import PageQuery
from chalicelib.web.problems import svg_response


@endpoint(
    "List the surveys",
    ok("Surveys in the order of names.", SurveyPage),
    description="A key that is limited to surveys is shown its own.",
    scope=Scope.SURVEYS_READ,
    query=PageQuery,
    by_survey=True,
)
def list_surveys(call: Call[PageQuery, Any]) -> SurveyPage:
    after = listed_after(call.query.cursor, SURVEYS)
    surveys, last = wiring.surveys().page(call.query.limit, after, call.key.surveys)
    return cast(SurveyPage, {"items": surveys, "next": encode_cursor(last)})


@endpoint("Show a survey", ok("The survey.", SurveyDocument), scope=Scope.SURVEYS_READ)
def show_survey(call: Call[Any, Any], survey: str) -> SurveyDocument:
    definition = wiring.surveys().get(survey)
    board = wiring.board_of(survey) if definition.is_sealed else None
    return with_board(definition, board, call.own_address)


@endpoint(
    "Make or change a survey",
    ok("The survey as it stands now.", SurveyDocument),
    description="What is left out gets its default, not the value it had; only `closed` stays as"
    " it was, and `false` opens a survey again. The scale stays what it is once anybody was asked"
    " on it; then only a key with the scope `people:read` changes the zone. What people were"
    " promised stays too: `identity`, and of a sealed survey `smallest_group`, `closes_on`, the"
    " segments and the zone. Questions keep their kind and their options then; texts may be"
    " mended, and questions and options added.",
    scope=Scope.SURVEYS_WRITE,
    body=Body(SurveyBody, Json, EXAMPLE),
)
def put_survey(call: Call[Any, Json], survey: str) -> SurveyDocument:
    body, given = without_board(call.body)
    definition = read_survey(body, survey)
    board = wiring.board_of(survey) if definition.is_sealed or given else None
    refuse_other_board(given, board)
    needs = wiring.put_survey_needs(tally_wiring.tallies().has_any)
    stays_closed = "closed" not in body
    told = disclosure_for(call.key)
    stored = put(definition, call.key.id, told, needs, stays_closed=stays_closed)
    return with_board(stored, board, call.own_address)


@endpoint(
    "Delete a survey",
    deleted("It is gone, with its goals."),
    description="Of one that asked nobody: what people answered is not thrown away. 409 until it is"
    " closed, when anybody was asked, and while a hook belongs to it. After an export the operator"
    " deletes any: `heed surveys delete`.",
    scope=Scope.SURVEYS_WRITE,
    conflicts=True,
)
def delete_survey(call: Call[Any, Any], survey: str) -> None:
    delete(survey, wiring.delete_survey_needs(tally_wiring.tallies().has_any))


@endpoint(
    "Draw the open link as a QR code",
    file("The drawing.", "image/svg+xml"),
    description="A survey without an open link has none: 404. A segment's value that is not in"
    " the survey's `segment_values` is signed into the address.",
    scope=Scope.SURVEYS_READ,
    segments=True,
)
def show_qr(call: Call[Any, Any], survey: str) -> HttpResponse:
    definition = wiring.surveys().get(survey)
    address = open_address(definition, call.asked, call.own_address(), wiring.active_key())
    return svg_response(svg_of(address))
