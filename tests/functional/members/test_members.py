"""/v1/members: who may sign in to the pages."""

from typing import Any

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.members.role import SCOPES, Role
from tests.functional.conftest import Heed
from tests.support.members import signed_in
from tests.support.samples import SURVEY

KARI: dict[str, Any] = {"email": "kari@example.com", "name": "Kari Nordmann", "role": "team"}


@pytest.fixture
def kari(heed: Heed) -> dict[str, Any]:
    made: dict[str, Any] = heed.call("POST", "/v1/members", KARI).json_body
    return made


def test_a_member_is_added_shown_listed_changed_and_removed(heed: Heed) -> None:
    answer = heed.call("POST", "/v1/members", KARI | {"surveys": [SURVEY.id]})
    member, path = answer.json_body, answer.headers["Location"]
    assert (answer.status_code, member["role"], member["surveys"]) == (201, "team", [SURVEY.id])
    assert heed.call("GET", path).json_body == member
    assert heed.call("GET", "/v1/members").json_body["items"] == [member]
    changed = heed.call("PATCH", path, {"role": "manager", "surveys": None}).json_body
    assert changed == member | {"role": "manager", "surveys": None}
    assert heed.call("DELETE", path).status_code == 204
    assert heed.call("GET", path).status_code == 404
    assert heed.call("PATCH", path, {"name": "Nobody"}).status_code == 404


def test_an_address_is_one_member(heed: Heed, kari: dict[str, Any]) -> None:
    again = heed.call("POST", "/v1/members", KARI | {"email": "KARI@example.com"})
    assert (again.status_code, again.json_body["errors"][0]["code"]) == (409, "member_exists")


def test_the_same_request_again_adds_nobody(heed: Heed) -> None:
    sent = [heed.call("POST", "/v1/members", KARI, Idempotency_Key="one") for _ in range(2)]
    assert sent[0].json_body == sent[1].json_body
    assert len(heed.items("MEMBER")) == 1


def test_a_key_gives_no_role_more_than_it_has(heed: Heed, kari: dict[str, Any]) -> None:
    key = heed.make_key(*SCOPES[Role.TEAM], Scope.MEMBERS_WRITE)
    added = heed.call("POST", "/v1/members", KARI | {"role": "admin"}, key)
    changed = heed.call("PATCH", f"/v1/members/{kari['id']}", {"role": "manager"}, key)
    assert [added.status_code, changed.status_code] == [409, 409]
    assert added.json_body["errors"][0]["code"] == "scopes_beyond_own"


def test_without_people_read_nobody_is_named(heed: Heed, kari: dict[str, Any]) -> None:
    key = heed.make_key(Scope.MEMBERS_WRITE)
    shown = heed.call("GET", f"/v1/members/{kari['id']}", key=key).json_body
    assert shown == kari | {"name": None, "email": None}


def test_a_new_role_holds_from_the_next_page_on(heed: Heed) -> None:
    browser = signed_in(heed, Role.VIEWER, surveys=[SURVEY.id])
    assert "/app/setup/keys" not in browser.open("/app/tasks").body.decode()
    (member,) = heed.call("GET", "/v1/members").json_body["items"]
    heed.call("PATCH", f"/v1/members/{member['id']}", {"role": "admin"})
    assert "/app/setup/keys" in browser.open("/app/tasks").body.decode()


def test_who_is_removed_is_signed_out_everywhere(heed: Heed) -> None:
    browser = signed_in(heed)
    (member,) = heed.call("GET", "/v1/members").json_body["items"]
    heed.call("DELETE", f"/v1/members/{member['id']}")
    assert browser.open("/app/tasks").status_code == 303
    assert heed.items("MEMBER") == []


def test_who_is_erased_is_no_member_and_cannot_become_one(heed: Heed, kari: dict[str, Any]) -> None:
    who = {"email": "kari@example.com"}
    exported = heed.call("GET", "/v1/people/export?email=kari%40example.com").json_body
    assert exported["member"] == kari
    receipt = heed.call("POST", "/v1/people/erasures", who).json_body
    assert (receipt["state"], receipt["erased"]["members"]) == ("done", 1)
    assert heed.call("GET", "/v1/members").json_body["items"] == []
    again = heed.call("POST", "/v1/members", KARI)
    assert (again.status_code, again.json_body["errors"][0]["code"]) == (409, "person_erased")


@pytest.mark.parametrize(
    "change",
    [{}, {"name": ""}, {"name": None}, {"role": None}, {"role": "god"}, {"email": "x@example.com"}],
)
def test_a_change_that_says_nothing_is_refused(
    heed: Heed, kari: dict[str, Any], change: dict[str, Any]
) -> None:
    answer = heed.call("PATCH", f"/v1/members/{kari['id']}", change)
    assert answer.status_code == 422
