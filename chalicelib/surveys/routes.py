"""Surveys: what is asked, and its open link as a QR code."""

from chalice.app import Response as HttpResponse

from chalicelib.api_keys.api_key import Scope
from chalicelib.web.endpoint import api, json_body, own_address, query, sign_in
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/surveys", methods=["GET"])
@answering_problems
def list_surveys() -> HttpResponse:
    from chalicelib.keys import SURVEYS
    from chalicelib.surveys import wiring as surveys_wiring
    from chalicelib.web.cursor import listed_after
    from chalicelib.web.pagination import PageQuery, list_response
    from chalicelib.web.query import read_query

    sign_in(Scope.SURVEYS_READ)
    asked = read_query(PageQuery, query())
    after = listed_after(asked.cursor, SURVEYS)
    surveys, last = surveys_wiring.surveys().page(asked.limit, after)
    return list_response([survey.model_dump() for survey in surveys], last)


@api.route("/v1/surveys/{survey}", methods=["GET"])
@answering_problems
def show_survey(survey: str) -> HttpResponse:
    from chalicelib.surveys import wiring as surveys_wiring

    sign_in(Scope.SURVEYS_READ)
    return json_response(200, surveys_wiring.surveys().get(survey).model_dump())


@api.route("/v1/surveys/{survey}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_survey(survey: str) -> HttpResponse:
    from chalicelib.surveys import put_survey as surveys
    from chalicelib.surveys import wiring as surveys_wiring
    from chalicelib.surveys.put_survey import read_survey
    from chalicelib.tally import wiring as tally_wiring

    sign_in(Scope.SURVEYS_WRITE)
    definition = read_survey(json_body(), survey)
    surveys.put_survey(definition, surveys_wiring.surveys(), tally_wiring.tallies())
    return json_response(200, definition.model_dump())


@api.route("/v1/surveys/{survey}/qr", methods=["GET"])
@answering_problems
def show_qr(survey: str) -> HttpResponse:
    from chalicelib.surveys import wiring as surveys_wiring
    from chalicelib.surveys.qr import open_address, svg_of
    from chalicelib.web.problems import svg_response

    sign_in(Scope.SURVEYS_READ)
    definition = surveys_wiring.surveys().get(survey)
    return svg_response(svg_of(open_address(definition, query(), own_address())))
