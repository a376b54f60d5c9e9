"""The API for machines: one view per route, each a few lines."""

from typing import Any

from chalice.app import Blueprint
from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.key import ApiKey, Scope, require
from chalicelib.api.problems import answering_problems, json_response
from chalicelib.http import bytes_of
from chalicelib.survey.definition import Survey

api = Blueprint(__name__)


@api.route("/v1/health", methods=["GET"])
@answering_problems
def health() -> HttpResponse:
    return json_response(200, {"status": "ok"})


@api.route("/v1/surveys", methods=["GET"])
@answering_problems
def list_surveys() -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.lists import list_response, page_of

    _key(Scope.SURVEYS_READ)
    page = page_of(_query(), "PK", "SK", "list_pk", "list_sk")
    surveys, last = wiring.surveys().page(page.limit, page.after)
    return list_response([survey.model_dump() for survey in surveys], last)


@api.route("/v1/surveys/{survey}", methods=["GET"])
@answering_problems
def show_survey(survey: str) -> HttpResponse:
    from chalicelib import wiring

    _key(Scope.SURVEYS_READ)
    return json_response(200, wiring.surveys().get(survey).model_dump())


@api.route("/v1/surveys/{survey}", methods=["PUT"], content_types=["*/*"])
@answering_problems
def put_survey(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.bodies import read_survey

    _key(Scope.SURVEYS_WRITE)
    definition = read_survey(_body(), survey)
    wiring.surveys().put(definition)
    return json_response(200, definition.model_dump())


@api.route("/v1/surveys/{survey}/invitations", methods=["POST"], content_types=["*/*"])
@answering_problems
def invite(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.bodies import read_invitation
    from chalicelib.api.invitations import ask_by_api, show

    key = _key(Scope.INVITATIONS_WRITE)
    body = _body()
    invitation = ask_by_api(
        wiring.surveys().get(survey),
        read_invitation(body),
        body,
        api.current_request.headers.get("idempotency-key"),
        key,
        moments.now(),
        wiring.asking(),
    )
    return json_response(201, show(invitation), Location=f"/v1/invitations/{invitation.id}")


@api.route("/v1/surveys/{survey}/links", methods=["POST"], content_types=["*/*"])
@answering_problems
def hand_out_links(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.bodies import read_links
    from chalicelib.api.links import hand_out_by_api, show_links

    key = _key(Scope.INVITATIONS_WRITE)
    body, definition = _body(), wiring.surveys().get(survey)
    request, ticket = read_links(body)
    again = api.current_request.headers.get("idempotency-key")
    # Asked for first, so that nobody is counted as asked by links that cannot be given.
    address = _own_address()
    made = hand_out_by_api(
        definition, request, ticket, body, again, key, moments.now(), wiring.handing_out()
    )
    links = show_links(made, definition, address, wiring.token_keys())
    return json_response(201, links, Location=f"/v1/invitations/{made.invitation.id}")


@api.route("/v1/surveys/{survey}/qr", methods=["GET"])
@answering_problems
def show_qr(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.problems import svg_response
    from chalicelib.api.qr import open_address, svg_of

    _key(Scope.SURVEYS_READ)
    definition = wiring.surveys().get(survey)
    return svg_response(svg_of(open_address(definition, _query(), _own_address())))


@api.route("/v1/invitations/{invitation}", methods=["GET"])
@answering_problems
def show_invitation(invitation: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.invitations import show

    _key(Scope.INVITATIONS_READ)
    return json_response(200, show(wiring.invitations().get(invitation)))


@api.route("/v1/surveys/{survey}/scores", methods=["GET"])
@answering_problems
def show_scores(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.ranges import range_of
    from chalicelib.score.report import scores

    _key(Scope.SCORES_READ)
    definition = _settled(survey)
    asked = range_of(_query(), moments.day_in(moments.now(), definition.tz))
    days = wiring.tallies().days(survey, asked.first, asked.end)
    facts = {"survey": survey, "metric": definition.scale, "tz": definition.tz}
    found = scores(days, asked.first, asked.end, asked.step, definition.scale)
    return json_response(200, facts | found)


@api.route("/v1/surveys/{survey}/responses", methods=["GET"])
@answering_problems
def list_responses(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.lists import list_response, page_of
    from chalicelib.api.responses import show, state_asked

    _key(Scope.RESPONSES_READ)
    _settled(survey)
    page = page_of(_query(), "PK", "SK", "list_pk", "list_sk")
    found, last = wiring.responses().page(survey, state_asked(_query()), page.limit, page.after)
    return list_response([show(one) for one in found], last)


@api.route("/v1/surveys/{survey}/responses/{response}", methods=["PATCH"], content_types=["*/*"])
@answering_problems
def decide_response(survey: str, response: str) -> HttpResponse:
    """An operator accepts or dismisses what the judge holds."""
    from chalicelib import wiring
    from chalicelib.api.responses import is_accepted, show
    from chalicelib.respond.tap import decide

    _key(Scope.RESPONSES_WRITE)
    accepted = is_accepted(_body())
    needs = wiring.taking(wiring.surveys().get(survey))
    return json_response(200, show(decide(response, survey, accepted, moments.now(), needs)))


@api.route("/v1/surveys/{survey}/judged", methods=["GET"])
@answering_problems
def show_judged(survey: str) -> HttpResponse:
    """What the judge does: counts by state, reason and mail posture."""
    from chalicelib import wiring
    from chalicelib.api.ranges import range_of
    from chalicelib.api.responses import show_judgements
    from chalicelib.score.tally import JUDGED

    _key(Scope.RESPONSES_READ)
    definition = _settled(survey)
    asked = range_of(_query(), moments.day_in(moments.now(), definition.tz))
    days = wiring.tallies().days(survey, asked.first, asked.end, JUDGED)
    return json_response(200, show_judgements(survey, asked, days.values()))


@api.route("/v1/tasks", methods=["GET"])
@answering_problems
def list_tasks() -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.lists import list_response, page_of
    from chalicelib.api.tasks import show_all
    from chalicelib.loop.task import OPEN

    _key(Scope.TASKS_READ)
    page = page_of(_query(), "PK", "SK", "list_pk", "list_sk")
    tasks, last = wiring.tasks().page(OPEN, page.limit, page.after)
    return list_response(show_all(tasks, wiring.responses()), last)


@api.route("/v1/tasks/{task}", methods=["GET"])
@answering_problems
def show_task(task: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.tasks import show_all

    _key(Scope.TASKS_READ)
    found = wiring.tasks().get(task)
    return json_response(200, show_all([found], wiring.responses())[0])


def _own_address() -> str:
    from chalicelib.http import own_address
    from chalicelib.settings import settings

    return own_address(api.current_request.context, settings().set_base_url)


def _key(scope: Scope) -> ApiKey:
    from chalicelib import wiring

    return require(api.current_request.headers.get("authorization"), scope, wiring.api_keys().find)


def _settled(survey: str) -> Survey:
    """The survey, with every answer counted that is due: a late tick changes no number."""
    from chalicelib import wiring
    from chalicelib.respond.tap import settle_due

    definition = wiring.surveys().get(survey)
    settle_due(definition, moments.now(), wiring.taking(definition))
    return definition


def _query() -> dict[str, list[str]]:
    given: Any = api.current_request.query_params
    return {name: given.getlist(name) for name in given} if given else {}


def _body() -> dict[str, Any]:
    from chalicelib.api.bodies import read_json

    request = api.current_request
    return read_json(bytes_of(request), request.headers.get("content-type", ""))
