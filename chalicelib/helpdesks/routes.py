"""POST /v1/hooks: where help desks knock."""

from chalice.app import Blueprint
from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.errors import NotFound
from chalicelib.web.problems import answering_problems, json_response
from chalicelib.web.request import bytes_of

hooks = Blueprint(__name__)


@hooks.route("/v1/hooks/{source}/{hook}", methods=["GET", "HEAD"])
@answering_problems
def show_hook(source: str, hook: str) -> HttpResponse:
    """Connection tests of admin screens."""
    return json_response(200, {})


@hooks.route("/v1/hooks/{source}/{hook}", methods=["POST"], content_types=["*/*"])
@answering_problems
def take_hook(source: str, hook: str) -> HttpResponse:
    from chalicelib.helpdesks import take_trigger as intake
    from chalicelib.helpdesks import wiring as helpdesks_wiring
    from chalicelib.helpdesks import zendesk

    if source != zendesk.SOURCE:
        raise NotFound("hook")
    request = hooks.current_request
    result = intake.take_zendesk_trigger(
        hook, bytes_of(request), request.headers, moments.now(), helpdesks_wiring.hook_needs()
    )
    if isinstance(result, intake.Ignored):
        return json_response(202, {"status": "ignored", "reason": result.reason})
    return json_response(202, {"status": "accepted", "id": result.id})
