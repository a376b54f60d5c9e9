"""The directory: what is known of people besides what they answer."""

import io

import pytest

from chalicelib import keys
from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.directory import INGRID, PEOPLE, known
from tests.support.problems import problem


def test_a_person_is_known_by_an_id_that_does_not_tell_the_address(heed: Heed) -> None:
    said = {"email": INGRID, "role": "manager", "location": "Oslo", "language": "nb"}
    made = heed.call("POST", PEOPLE, said)
    assert made.status_code == 201
    assert made.headers["Location"] == f"{PEOPLE}/{made.json_body['id']}"
    shown = heed.call("GET", made.headers["Location"]).json_body
    assert shown == made.json_body
    facts = (shown["role"], shown["location"], shown["account"], shown["language"])
    assert facts == ("manager", "Oslo", None, "nb")
    assert "solheim" not in str(heed.stored()).lower()


def test_the_same_address_in_other_letters_is_the_same_person(heed: Heed) -> None:
    first = heed.call("POST", PEOPLE, {"email": INGRID, "role": "manager", "location": "Oslo"})
    again = heed.call("POST", PEOPLE, {"email": INGRID.upper(), "role": "consultant"})
    assert (again.status_code, again.json_body["id"]) == (200, first.json_body["id"])
    assert (again.json_body["role"], again.json_body["location"]) == ("consultant", None)


def test_a_person_is_changed_and_taken_out_by_the_id(heed: Heed) -> None:
    path = f"{PEOPLE}/{known(heed, role='manager')}"
    assert heed.call("PUT", path, {"role": "team member"}).json_body["role"] == "team member"
    assert heed.call("DELETE", path).status_code == 204
    for method, body in (("GET", None), ("PUT", {"role": "manager"}), ("DELETE", None)):
        assert heed.call(method, path, body).status_code == 404
    assert heed.items("DIRECTORY") == []


def test_the_list_goes_on_by_pages_and_shows_an_account(heed: Heed) -> None:
    for account in ("acme", "acme-2"):
        heed.call("PUT", f"/v1/accounts/{account}", {"name": account})
    here = {known(heed, f"p{number}@example.com", account="acme") for number in range(3)}
    other = {known(heed, "q@example.com", account="acme-2"), known(heed, "r@example.com")}
    assert {one["id"] for one in heed.call("GET", PEOPLE).json_body["items"]} == here | other
    first = heed.call("GET", f"{PEOPLE}?account=acme&limit=2").json_body
    rest = heed.call("GET", f"{PEOPLE}?account=acme&limit=2&cursor={first['next']}").json_body
    assert {one["id"] for one in (*first["items"], *rest["items"])} == here
    assert rest["next"] is None


def test_an_account_has_to_be_there(heed: Heed) -> None:
    refused = heed.call("POST", PEOPLE, {"email": INGRID, "account": "nobody"})
    assert problem(refused) == (409, "does-not-fit")
    assert refused.json_body["errors"][0]["code"] == "account_unknown"


def test_whoever_was_erased_does_not_come_back(heed: Heed) -> None:
    person = known(heed, role="manager")
    receipt = heed.call("POST", f"{PEOPLE}/erasures", {"email": INGRID}).json_body
    assert receipt["erased"]["directory"] == 1
    assert heed.call("GET", f"{PEOPLE}/{person}").status_code == 404
    again = heed.call("POST", PEOPLE, {"email": INGRID, "role": "manager"})
    assert again.json_body["errors"][0]["code"] == "person_erased"
    assert [item["PK"] for item in heed.items("PERSON")] == [keys.person(person).pk]


def test_an_export_has_what_the_directory_says(heed: Heed) -> None:
    person = known(heed, role="manager", location="Oslo")
    found = heed.call("GET", f"{PEOPLE}/export?person={person}").json_body["directory"]
    assert (found["id"], found["role"], found["location"]) == (person, "manager", "Oslo")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", PEOPLE, Scope.PEOPLE_READ),
        ("GET", f"{PEOPLE}/{'a' * 26}", Scope.PEOPLE_READ),
        ("POST", PEOPLE, Scope.PEOPLE_WRITE),
        ("POST", f"{PEOPLE}/imports", Scope.PEOPLE_WRITE),
        ("PUT", f"{PEOPLE}/{'a' * 26}", Scope.PEOPLE_WRITE),
        ("DELETE", f"{PEOPLE}/{'a' * 26}", Scope.PEOPLE_WRITE),
    ],
)
def test_each_route_wants_its_scope(heed: Heed, method: str, path: str, scope: Scope) -> None:
    key = heed.make_key(*(set(Scope) - {scope}))
    assert heed.call(method, path, key=key).status_code == 403


def test_no_address_and_no_fact_is_logged(heed: Heed, log_lines: io.StringIO) -> None:
    person = known(heed, role="Chief of ferries")
    heed.call("PUT", f"{PEOPLE}/{person}", {"role": "Chief of boats"})
    assert not [word for word in ("solheim", "Chief", person) if word in log_lines.getvalue()]
