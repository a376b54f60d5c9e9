"""An account has an owner, who gets the tasks of its answers."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.directory import known
from tests.support.problems import problem
from tests.support.samples import SURVEY

ACME = "/v1/accounts/acme"
PEOPLE = [{"id": name, "name": name, "email": f"{name}@example.com"} for name in ("kari", "olav")]
TEAM = {"name": "Desk", "people": PEOPLE, "owner_rule": "account"}
OLAV = {"team": "desk", "person": "olav"}


@pytest.fixture(autouse=True)
def _given(heed: Heed) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
    assert heed.call("PUT", "/v1/teams/desk", TEAM).status_code == 200
    assert put(heed, owner=OLAV).status_code == 200


def put(heed: Heed, **changes: Any) -> Any:
    return heed.call("PUT", ACME, {"name": "Acme", **changes})


def contact(heed: Heed, name: str, account: str = "acme") -> None:
    said = {"email": f"{name}@example.com"}
    assert heed.call("PUT", f"/v1/accounts/{account}/contacts/{name}", said).status_code == 200


def owner(heed: Heed, name: str) -> Any:
    """Of the task of an unhappy answer."""
    asked = {"email": f"{name}@example.com", "ticket": {"id": name}}
    made = heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", asked).json_body["id"]
    now, needs = moments.now(), responses_wiring.record_needs()
    record_response(made, Answer(2), new_operation(now), "UTC", now, needs)
    plan_effects({"detail": {"id": "event", "response": made}})
    return heed.call("GET", f"/v1/tasks/{made}").json_body["owner"]


def test_an_account_shows_its_owner(heed: Heed) -> None:
    assert heed.call("GET", ACME).json_body["owner"] == OLAV
    assert put(heed).json_body["owner"] is None


@pytest.mark.parametrize("changes", [{"team": "nobody"}, {"person": "ada"}])
def test_an_owner_is_one_of_a_team(heed: Heed, changes: dict[str, str]) -> None:
    refused = put(heed, owner=OLAV | changes)
    assert problem(refused) == (409, "does-not-fit")
    assert [error["code"] for error in refused.json_body["errors"]] == ["owner_unknown"]


def test_a_task_of_a_contact_s_answer_is_the_owner_s(heed: Heed) -> None:
    contact(heed, "anna")
    assert owner(heed, "anna") == "olav"


def test_a_task_of_the_account_in_the_directory_is_the_owner_s(heed: Heed) -> None:
    heed.call("PUT", "/v1/accounts/other", {"name": "Other"})
    contact(heed, "anna", "other")
    known(heed, "anna@example.com", account="acme")
    assert owner(heed, "anna") == "olav"


def test_who_is_of_two_accounts_or_of_none_waits_in_the_queue(heed: Heed) -> None:
    heed.call("PUT", "/v1/accounts/other", {"name": "Other", "owner": OLAV})
    for account in ("acme", "other"):
        contact(heed, "anna", account)
    assert [owner(heed, name) for name in ("anna", "ben")] == [None, None]


def test_an_owner_of_another_team_gets_none(heed: Heed) -> None:
    contact(heed, "anna")
    heed.call("PUT", "/v1/teams/other", {**TEAM, "name": "Other"})
    put(heed, owner={"team": "other", "person": "olav"})
    assert owner(heed, "anna") is None


def test_who_left_the_team_gets_none(heed: Heed) -> None:
    contact(heed, "anna")
    heed.call("PUT", "/v1/teams/desk", TEAM | {"people": PEOPLE[:1]})
    assert owner(heed, "anna") is None


def test_an_owner_who_is_erased_owns_nothing_any_more(heed: Heed) -> None:
    heed.call("POST", "/v1/people/erasures", {"email": "olav@example.com"})
    assert heed.call("GET", ACME).json_body["owner"] is None
    assert heed.call("GET", "/v1/teams/desk").json_body["people"][0]["id"] == "kari"
