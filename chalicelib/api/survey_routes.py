"""Surveys: what is asked, and its open link as a QR code."""

from chalice.app import Response as HttpResponse

from chalicelib.api.door import api, json_body, own_address, query, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/surveys", methods=["GET"])
@answering_problems
def list_surveys() -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.cursor import listed_after
    from chalicelib.api.lists import PageQuery, list_response
    from chalicelib.api.queries import read_query
    from chalicelib.keys import SURVEYS

    sign_in(Scope.SURVEYS_READ)
    asked = read_query(PageQuery, query())
    after = listed_after(asked.cursor, SURVEYS)
    surveys, last = wiring.surveys().page(asked.limit, after)
    return list_response([survey.model_dump() for survey in surveys], last)


@api.route("/v1/surveys/{survey}", methods=["GET"])
@answering_problems
def show_survey(survey: str) -> HttpResponse:
    from chalicelib import wiring

    sign_in(Scope.SURVEYS_READ)
    return json_response(200, wiring.surveys().get(survey).model_dump())


@api.route("/v1/surveys/{survey}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_survey(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api import surveys
    from chalicelib.api.bodies import read_survey

    sign_in(Scope.SURVEYS_WRITE)
    definition = read_survey(json_body(), survey)
    surveys.put_survey(definition, wiring.surveys(), wiring.tallies())
    return json_response(200, definition.model_dump())


@api.route("/v1/surveys/{survey}/qr", methods=["GET"])
@answering_problems
def show_qr(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.problems import svg_response
    from chalicelib.api.qr import open_address, svg_of

    sign_in(Scope.SURVEYS_READ)
    definition = wiring.surveys().get(survey)
    return svg_response(svg_of(open_address(definition, query(), own_address())))
