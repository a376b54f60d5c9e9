"""What each route gives of a sealed survey. A new route has to be decided on here.

The survey is confidential, so that it has invitations. It has nine answers in two sites: enough
for its score, too few for words and for either site.
"""

from typing import Any, Final

import pytest

from app import ROUTES
from chalicelib import wiring
from tests.functional.conftest import Heed
from tests.support.samples import stored_invitation
from tests.support.sealed import PATH, Sealed, several

REFUSED: Final = "sealed_survey"
NOT_NAMED: Final = "survey_not_named"
# Of each route: a request, and the status or the code of its refusal.
WALKED: dict[str, tuple[str, Any, int | str]] = {
    "GET /v1/surveys": ("/v1/surveys", None, 200),
    "GET /v1/surveys/{survey}": (PATH, None, 200),
    "GET /v1/surveys/{survey}/qr": (f"{PATH}/qr", None, 404),
    "GET /v1/invitations/{invitation}": ("/v1/invitations/INVITATION", None, 200),
    "GET /v1/surveys/{survey}/invitations": (f"{PATH}/invitations", None, 200),
    "POST /v1/invitations/{invitation}/cancellation": (
        "/v1/invitations/INVITATION/cancellation",
        None,
        409,
    ),
    "POST /v1/invitations/{invitation}/sending": (
        "/v1/invitations/INVITATION/sending",
        None,
        202,
    ),
    "DELETE /v1/surveys/{survey}": (PATH, None, 409),
    "GET /v1/surveys/{survey}/scores": (f"{PATH}/scores?interval=day", None, 200),
    "GET /v1/surveys/{survey}/insights": (f"{PATH}/insights", None, 200),
    "GET /v1/surveys/{survey}/goals": (f"{PATH}/goals", None, 200),
    "POST /v1/surveys/{survey}/goals": (
        f"{PATH}/goals",
        {"metric": "score", "target": 40, "by": "2027-06-30"},
        201,
    ),
    "GET /v1/benchmarks": ("/v1/benchmarks", None, 200),
    "GET /v1/surveys/{survey}/responses": (f"{PATH}/responses", None, 200),
    "PATCH /v1/surveys/{survey}/responses/{response}": (
        f"{PATH}/responses/RESULT",
        {"state": "dismissed"},
        REFUSED,
    ),
    "DELETE /v1/surveys/{survey}/responses/{response}": (f"{PATH}/responses/RESULT", None, REFUSED),
    "POST /v1/surveys/{survey}/responses/{response}/replies": (
        f"{PATH}/responses/RESULT/replies",
        {"text": "Which one?"},
        404,
    ),
    "GET /v1/surveys/{survey}/conversations": (f"{PATH}/conversations", None, 200),
    "GET /v1/surveys/{survey}/themes": (f"{PATH}/themes", None, 200),
    "GET /v1/surveys/{survey}/judged": (f"{PATH}/judged", None, REFUSED),
    "GET /v1/tasks": ("/v1/tasks", None, 200),
    "GET /v1/surveys/{survey}/causes": (f"{PATH}/causes", None, 200),
    "GET /v1/surveys/{survey}/loop": (f"{PATH}/loop", None, 200),
    "GET /v1/surveys/{survey}/reports/{month}": (f"{PATH}/reports/2026-10", None, 200),
    "PUT /v1/surveys/{survey}/reports/{month}": (
        f"{PATH}/reports/2026-10",
        {"heard": ["Slow lifts."], "did": []},
        200,
    ),
    "POST /v1/surveys/{survey}/reports/{month}/sending": (
        f"{PATH}/reports/2026-09/sending",
        None,
        409,
    ),
    "GET /v1/surveys/{survey}/outcomes": (f"{PATH}/outcomes?kind=churn", None, NOT_NAMED),
    "GET /v1/accounts": ("/v1/accounts", None, 200),
    "GET /v1/accounts/{account}": ("/v1/accounts/acme", None, 200),
    "PUT /v1/accounts/{account}": (
        "/v1/accounts/acme",
        {"name": "Acme", "audience": "internal"},
        200,
    ),
    "GET /v1/accounts/{account}/contacts": (
        f"/v1/accounts/acme/contacts?survey={PATH.rpartition('/')[2]}",
        None,
        NOT_NAMED,
    ),
    "GET /v1/accounts/{account}/contacts/{contact}": ("/v1/accounts/acme/contacts/c", None, 200),
    "PUT /v1/accounts/{account}/contacts/{contact}": (
        "/v1/accounts/acme/contacts/c",
        {"email": "liv@acme.example.com"},
        200,
    ),
    "GET /v1/accounts/{account}/timeline": ("/v1/accounts/acme/timeline", None, 200),
    "GET /v1/teams": ("/v1/teams", None, 200),
    "GET /v1/teams/{team}": ("/v1/teams/desk", None, 200),
    "PUT /v1/teams/{team}": ("/v1/teams/desk", {"name": "Desk"}, 200),
    "GET /v1/surveys/{survey}/lookups": (f"{PATH}/lookups", None, 200),
    "POST /v1/surveys/{survey}/lookups": (
        f"{PATH}/lookups",
        {"invitation": "a" * 26, "reason": "She asked us in writing."},
        200,
    ),
    "POST /v1/surveys/{survey}/releases": (f"{PATH}/releases", None, 200),
    "POST /v1/surveys/{survey}/closing": (f"{PATH}/closing", None, 404),
    "GET /v1/people/export": ("/v1/people/export?email=erik@acme.example.com", None, 200),
}
# Why a route is not walked here.
APART = {
    "pages of one's own answer: their own tests": [
        "GET|HEAD /r/{token}/{score}",
        "GET|HEAD /r/{token}",
        "POST /r/{token}",
        "POST /r/{token}/evidence",
        "GET|HEAD /u/{token}",
        "POST /u/{token}",
        "GET|HEAD /h/{token}/{said}",
        "GET|HEAD /h/{token}",
        "POST /h/{token}",
        "POST /h/{token}/evidence",
        "GET|HEAD /s/{survey}",
        "POST /s/{survey}",
        "GET|HEAD /c/{survey}",
        "POST /c/{survey}",
        "GET|HEAD /t/{token}",
        "POST /t/{token}",
        "GET|HEAD /b/{board}",
        "GET|HEAD /promise/{survey}",
    ],
    "asks, and shows no answers": [
        "GET|HEAD /v1/hooks/{source}/{hook}",
        "OPTIONS /v1/hooks/{source}/{hook}",
        "POST /v1/hooks/{source}/{hook}",
        "PUT /v1/surveys/{survey}",
        "POST /v1/surveys/{survey}/invitations",
        "POST /v1/surveys/{survey}/links",
        "POST /v1/surveys/{survey}/waves",
    ],
    "of hooks, keys and the API itself": [
        "GET /v1/webhooks",
        "POST /v1/webhooks",
        "GET /v1/webhooks/{webhook}",
        "PATCH /v1/webhooks/{webhook}",
        "DELETE /v1/webhooks/{webhook}",
        "POST /v1/webhooks/{webhook}/secrets",
        "DELETE /v1/webhooks/{webhook}/secrets",
        "POST /v1/webhooks/{webhook}/test",
        "GET /v1/webhooks/{webhook}/deliveries",
        "POST /v1/webhooks/{webhook}/deliveries/replays",
        "GET /v1/hooks",
        "GET /v1/hooks/{source}/{hook}/deliveries",
        "PATCH /v1/hooks/{source}/{hook}",
        "POST /v1/hooks",
        "DELETE /v1/hooks/{source}/{hook}",
        "POST /v1/hooks/{source}/{hook}/secrets",
        "DELETE /v1/hooks/{source}/{hook}/secrets",
        "PUT /v1/hooks/{source}/{hook}/account",
        "DELETE /v1/hooks/{source}/{hook}/account",
        "PUT /v1/webhooks/{webhook}/actions",
        "DELETE /v1/webhooks/{webhook}/actions",
        "GET /v1/keys",
        "POST /v1/keys",
        "GET /v1/keys/{key}",
        "DELETE /v1/keys/{key}",
        "GET /v1/history",
        "GET /v1/brand",
        "PUT /v1/brand",
        "GET|HEAD /brand/{file}",
        "GET /v1/members",
        "POST /v1/members",
        "GET /v1/members/{member}",
        "PATCH /v1/members/{member}",
        "DELETE /v1/members/{member}",
        "GET /v1/health",
        "GET /v1/openapi.json",
        "GET /v1/docs",
        "GET /v1/docs/{file}",
    ],
    "of outcomes, which know no answer until the table of a named survey": [
        "POST /v1/outcomes",
        "POST /v1/outcomes/imports",
        "GET /v1/outcomes",
        "GET /v1/outcomes/{outcome}",
        "DELETE /v1/outcomes/{outcome}",
    ],
    "takes the team's own entries": [
        "DELETE /v1/surveys/{survey}/goals/{goal}",
        "POST /v1/accounts/{account}/contacts/imports",
        "DELETE /v1/accounts/{account}/contacts/{contact}",
        "DELETE /v1/teams/{team}",
        "POST /v1/tasks",
        "GET /v1/people",
        "POST /v1/people",
        "POST /v1/people/imports",
        "GET /v1/people/{person}",
        "PUT /v1/people/{person}",
        "DELETE /v1/people/{person}",
    ],
    "of one task, which is on the survey: test_task_of_a_release.py": [
        "GET /v1/tasks/{task}",
        "PATCH /v1/tasks/{task}",
        "POST /v1/webhooks/{webhook}/actions",
    ],
    "of one person: test_sealed_people.py": [
        "POST /v1/people/resubscriptions",
        "POST /v1/people/erasures",
        "GET /v1/people/erasures/{erasure}",
    ],
}
SECRETS = ("slow and kind", "Oslo", "Osaka", "kind 3")


class World:
    def __init__(self, heed: Heed, clock: Any) -> None:
        self.heed = heed
        sealed = Sealed(heed, clock, "confidential")
        self.result = sealed.publish([*several(4, "site=Oslo"), *several(5, "site=Osaka")])[0]
        self.invitation = stored_invitation(wiring.table(), "anna").id
        heed.call("PUT", "/v1/accounts/acme", {"name": "Acme", "audience": "internal"})
        heed.call("PUT", "/v1/teams/desk", {"name": "Desk"})
        contact = {"email": "liv@acme.example.com"}
        heed.call("PUT", "/v1/accounts/acme/contacts/c", contact)

    def call(self, route: str) -> Any:
        path, body, _ = WALKED[route]
        path = path.replace("INVITATION", self.invitation).replace("RESULT", self.result)
        return self.heed.call(route.split()[0], path, body)


@pytest.fixture
def world(heed: Heed, clock: Any) -> World:
    return World(heed, clock)


def complaint(answer: Any, wanted: int | str) -> str | None:
    told = answer.body.decode() + str(dict(answer.headers))
    if any(secret in told for secret in SECRETS):
        return "tells of few"
    if isinstance(wanted, int):
        return None if answer.status_code == wanted else f"{answer.status_code}: {told}"
    codes = [error["code"] for error in answer.json_body.get("errors", [])]
    return None if (answer.status_code, codes) == (409, [wanted]) else told


def test_every_route_gives_what_is_decided_here(world: World) -> None:
    found = {route: complaint(world.call(route), WALKED[route][2]) for route in WALKED}
    assert {route: wrong for route, wrong in found.items() if wrong} == {}


def test_every_route_is_decided_on() -> None:
    apart = {route for routes in APART.values() for route in routes}
    # The pages for members show what these views give: test_sealed_survey_page.py.
    assert {*WALKED, *apart} == {route for route in ROUTES if " /app" not in route}
