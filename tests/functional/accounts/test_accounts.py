"""Accounts and their contacts: put, shown and listed."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.accounts import ACME, CONTACTS, contacts, put
from tests.support.problems import problem
from tests.support.samples import SURVEY

ANNA = {"email": "anna@acme.example.com", "name": "Anna Berg", "role": "CFO", "capacity": "decides"}


def test_an_account_is_put_shown_and_listed(heed: Heed) -> None:
    shown = {"id": "acme", "name": "Acme", "audience": "external", "owner": None}
    assert heed.call("GET", ACME).json_body == shown
    listed = heed.call("GET", "/v1/accounts").json_body
    assert listed == {"items": [shown], "next": None}
    assert problem(heed.call("GET", "/v1/accounts/none")) == (404, "not-found")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (ACME, {"name": ""}),
        (ACME, {"name": "Acme", "audience": "both"}),
        (ACME, {"name": "Acme", "size": 3}),
        (f"{CONTACTS}/anna", {"email": "anna"}),
        (f"{CONTACTS}/anna", {**ANNA, "capacity": "owns"}),
        (f"{CONTACTS}/anna", {**ANNA, "left": "yes"}),
    ],
)
def test_what_cannot_be_used_is_refused(heed: Heed, path: str, body: dict[str, Any]) -> None:
    assert problem(heed.call("PUT", path, body)) == (422, "validation")


@pytest.mark.parametrize("path", ["/v1/accounts/a%20b", f"{CONTACTS}/{'a' * 65}"])
def test_what_no_id_looks_like_is_nowhere(heed: Heed, path: str) -> None:
    assert heed.call("PUT", path, ANNA).status_code == 404


def test_a_contact_of_an_unknown_account_is_not_stored(heed: Heed) -> None:
    path = "/v1/accounts/none/contacts/anna"
    assert problem(heed.call("PUT", path, ANNA)) == (404, "not-found")
    assert problem(heed.call("GET", path)) == (404, "not-found")


def test_names_are_shown_only_to_a_key_that_may_see_people(heed: Heed) -> None:
    put(heed, "anna", name="Anna Berg", role="CFO")
    key = heed.make_key(Scope.ACCOUNTS_READ)
    for shown in (
        contacts(heed, key=key)["items"][0],
        heed.call("GET", f"{CONTACTS}/anna", key=key).json_body,
    ):
        assert (shown["email"], shown["name"], shown["role"]) == (None, None, "CFO")
    assert contacts(heed)["items"][0]["name"] == "Anna Berg"
    assert problem(heed.call("PUT", f"{CONTACTS}/anna", ANNA, key=key)) == (403, "scope-missing")


def test_a_contact_put_again_is_the_same_one_and_keeps_its_day(heed: Heed) -> None:
    first = put(heed, "anna", role="CFO")
    again = put(heed, "anna", role="CEO", left=True)
    assert again == first | {"role": "CEO", "left": True}
    assert [one["id"] for one in contacts(heed)["items"]] == ["anna"]


def test_another_person_under_the_same_id_is_a_new_contact(heed: Heed) -> None:
    first = put(heed, "anna")
    other = put(heed, "anna", email="berta@acme.example.com")
    assert other["person"] != first["person"]
    assert other["added_at"] > first["added_at"]


def test_a_contact_is_deleted_once(heed: Heed) -> None:
    put(heed, "anna")
    gone = heed.call("DELETE", f"{CONTACTS}/anna")
    assert (gone.status_code, gone.body) == (204, b"")
    assert contacts(heed)["items"] == []
    assert problem(heed.call("DELETE", f"{CONTACTS}/anna")) == (404, "not-found")


def test_contacts_go_on_from_a_cursor_of_their_own_account(heed: Heed) -> None:
    for name in ("anna", "ben", "carl"):
        put(heed, name)
    page = heed.call("GET", f"{CONTACTS}?limit=2")
    cursor = page.json_body["next"]
    assert page.headers["Link"] == f'<?limit=2&cursor={cursor}>; rel="next"'
    assert [one["id"] for one in contacts(heed, f"?cursor={cursor}")["items"]] == ["carl"]
    heed.call("PUT", "/v1/accounts/other", {"name": "Other"})
    other = heed.call("GET", f"/v1/accounts/other/contacts?cursor={cursor}")
    assert problem(other) == (409, "does-not-fit")


def test_accounts_go_on_from_a_cursor_of_their_own_list(heed: Heed) -> None:
    heed.call("PUT", "/v1/accounts/other", {"name": "Other"})
    cursor = heed.call("GET", "/v1/accounts?limit=1").json_body["next"]
    found = heed.call("GET", f"/v1/accounts?cursor={cursor}").json_body["items"]
    assert [one["id"] for one in found] == ["other"]
    surveys_wiring.surveys().put(replace(SURVEY, id="other"))
    surveys = heed.call("GET", "/v1/surveys?limit=1").json_body["next"]
    foreign = heed.call("GET", f"/v1/accounts?cursor={surveys}")
    assert problem(foreign) == (409, "does-not-fit")
    for query in ("limit=101", "audience=external"):
        assert problem(heed.call("GET", f"/v1/accounts?{query}")) == (422, "validation")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=1.0", "colour=red", "cursor=x"])
def test_a_page_that_cannot_be_given_is_refused(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{CONTACTS}?{query}")) == (422, "validation")
