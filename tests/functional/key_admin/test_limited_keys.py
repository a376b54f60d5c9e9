"""A key that is limited to surveys, on every route of the API."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from app import ROUTES
from chalicelib import ids, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.routing import split, view_of
from tests.functional.conftest import HOOK, Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.problems import problem
from tests.support.samples import SURVEY, stored_invitation
from tests.support.webhooks import stored_webhook

OWN = "own"
SIGNED_IN = [
    (method, path, view_of(view))
    for route, view in ROUTES.items()
    if " /v1/" in route and view_of(view).scope
    for methods, path in [split(route)]
    for method in methods
]
# What belongs to no survey: a limited key has no part in it.
OF_NO_SURVEY = ("/v1/outcomes", "/v1/accounts", "/v1/teams")


@pytest.fixture
def limited(heed: Heed) -> str:
    """A key with every scope for the survey OWN, beside which everything is SURVEY's."""
    surveys_wiring.surveys().put(replace(SURVEY, id=OWN, question="Own?"))
    return heed.make_key(*Scope, surveys=[OWN])


def filled(heed: Heed, path: str) -> str:
    """The path with ids of things that there are, none of them of the survey OWN."""
    task, invitation = opened("a"), stored_invitation(wiring.table(), "b").id
    heed.make_key(Scope.SURVEYS_READ)
    found = {
        "survey": SURVEY.id,
        "task": task,
        "response": task,
        "invitation": invitation,
        "source": "zendesk",
        "hook": HOOK,
        "webhook": stored_webhook(id=ids.new_id()).id,
        "key": next(item["id"] for item in heed.items("KEY") if "surveys" not in item),
    }
    return path.format_map(_Else(found))


class _Else(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "a1"


def body_of(endpoint: Any) -> Any:
    if endpoint.body is None:
        return b"x" if endpoint.rows else None
    named = {"survey": SURVEY.id} if endpoint.name in ("create_hook", "open_task") else {}
    return {**endpoint.body.example, **named}


@pytest.mark.parametrize(
    ("method", "path", "endpoint"),
    SIGNED_IN,
    ids=lambda part: part if isinstance(part, str) else "view",
)
def test_no_route_shows_or_changes_what_is_of_another_survey(
    heed: Heed, limited: str, method: str, path: str, endpoint: Any
) -> None:
    address = filled(heed, path)
    before = facts(heed)
    kind = {"Content-Type": "text/csv"} if endpoint.rows else {}
    answer = heed.call(method, address, body_of(endpoint), key=limited, **kind)
    assert facts(heed) == before
    if answer.status_code == 200:
        assert method == "GET"
        assert SURVEY.id not in json.dumps(answer.json_body)
        assert SURVEY.question not in json.dumps(answer.json_body)
        return
    if "{survey}" in path or path.startswith(OF_NO_SURVEY):
        assert problem(answer) == (403, "survey-out-of-reach")
    else:
        assert answer.status_code in (403, 404, 409)


def facts(heed: Heed) -> list[Any]:
    return sorted(heed.stored(), key=lambda item: (item["PK"], item["SK"]))


def test_a_survey_out_of_reach_is_answered_alike_whether_there_is_one_or_not(
    heed: Heed, limited: str
) -> None:
    there, made_up = (
        heed.call("GET", f"/v1/surveys/{survey}/scores", key=limited)
        for survey in (SURVEY.id, "made-up")
    )
    assert (there.status_code, there.body) == (403, made_up.body)
    for path in ("tasks", "invitations", "keys", "webhooks"):
        foreign = filled(heed, f"/v1/{path}/{{{path[:-1]}}}")
        answers = {
            heed.call("GET", address, key=limited).body
            for address in (foreign, f"/v1/{path}/nobody")
        }
        assert len(answers) == 1


def test_a_limited_key_works_on_its_own_surveys(heed: Heed) -> None:
    task = opened("a")
    key = heed.make_key(*Scope, surveys=[SURVEY.id])
    surveys_wiring.surveys().put(replace(SURVEY, id=OWN, question="Own?"))
    surveys = heed.call("GET", "/v1/surveys", key=key).json_body["items"]
    assert [survey["id"] for survey in surveys] == [SURVEY.id]
    benchmarks = heed.call("GET", "/v1/benchmarks", key=key).json_body
    assert [row["survey"] for row in benchmarks["internal"]] == [SURVEY.id]
    assert [row["id"] for row in heed.call("GET", "/v1/tasks", key=key).json_body["items"]] == [
        task
    ]
    closed = {"state": "closed", "cause": "Wi-Fi"}
    for method, path, body in (
        ("GET", f"/v1/tasks/{task}", None),
        ("PATCH", f"/v1/tasks/{task}", closed),
        ("GET", f"/v1/invitations/{task}", None),
        ("GET", f"/v1/surveys/{SURVEY.id}/responses", None),
        ("GET", f"/v1/surveys/{SURVEY.id}/outcomes?kind=churn", None),
    ):
        assert heed.call(method, path, body, key=key).status_code == 200, path


def test_a_limited_key_gets_its_surveys_by_name_and_page_by_page(heed: Heed) -> None:
    own = {"s3": "Account", "s1": "Booking", "s2": "Booking", "s0": "Car"}
    for survey, name in {**own, "s9": "Bank"}.items():
        surveys_wiring.surveys().put(replace(SURVEY, id=survey, name=name))
    key = heed.make_key(Scope.SURVEYS_READ, surveys=[*own, "unknown"])
    found, path = list[str](), "/v1/surveys?limit=2"
    while path:
        page = heed.call("GET", path, key=key).json_body
        found += [survey["id"] for survey in page["items"]]
        path = f"/v1/surveys?limit=2&cursor={page['next']}" if page["next"] else ""
    assert found == ["s3", "s1", "s2", "s0"]
