"""Everything that is stored of one person, to be given to them."""

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.storm import EMAIL, NAME, NOTE, TICKET, WORDS, Storm

EXPORT = "/v1/people/export"


def test_an_export_holds_what_was_asked_said_and_done(heed: Heed) -> None:
    storm = Storm(heed)
    answered = storm.happens()
    found = heed.call("GET", f"{EXPORT}?person={storm.person}").json_body
    assert found["person"] == storm.person
    (asked,) = [one for one in found["invitations"] if one["id"] == answered]
    assert (asked["name"], asked["ticket"]) == (NAME, TICKET)
    assert asked["email"].lower() == EMAIL.lower()
    assert (asked["response"]["score"], asked["response"]["comment"]) == (2, WORDS)
    assert (asked["task"]["cause"], asked["task"]["note"]) == ("Wi-Fi", NOTE)
    assert sorted(one["status"] for one in found["invitations"]) == ["linked", "sent", "suppressed"]
    assert found["contacts"][0]["email"] == asked["email"]
    assert found["outcomes"][0]["note"] == f"of {NAME}"


def test_the_address_finds_the_same_in_any_case(heed: Heed) -> None:
    storm = Storm(heed)
    storm.happens()
    by_id = heed.call("GET", f"{EXPORT}?person={storm.person}").json_body
    assert heed.call("GET", f"{EXPORT}?email={EMAIL.upper()}").json_body == by_id


def test_of_an_erased_person_only_the_erasure_is_told(heed: Heed) -> None:
    storm = Storm(heed)
    storm.happens()
    erased = heed.call("POST", "/v1/people/erasures", {"email": EMAIL}).json_body
    found = heed.call("GET", f"{EXPORT}?person={storm.person}").json_body
    assert found["erased_at"] == erased["asked_at"]
    assert found["invitations"] == found["contacts"] == found["outcomes"] == []


def test_letters_that_were_stopped_are_told_and_forgotten_with_the_person(heed: Heed) -> None:
    storm, people = Storm(heed), invitations_wiring.people()
    storm.happens()
    for kind in ("digest", "task_opened"):
        people.stop(storm.person, kind, moments.now())
    found = heed.call("GET", f"{EXPORT}?person={storm.person}").json_body
    assert found["stopped"].keys() == {"digest", "task_opened"}
    receipt = heed.call("POST", "/v1/people/erasures", {"email": EMAIL}).json_body
    assert receipt["erased"]["stopped"] == 1
    assert not [item for item in heed.items("STOPPED") if storm.person in item["PK"]]
    assert heed.call("GET", f"{EXPORT}?person={storm.person}").json_body["stopped"] == {}


def test_of_a_stranger_nothing_is_told(heed: Heed) -> None:
    found = heed.call("GET", f"{EXPORT}?person={'a' * 26}").json_body
    assert {name for name, value in found.items() if value} == {"person"}


@pytest.mark.parametrize("query", ["", f"?person={'a' * 26}&email={EMAIL}"])
def test_one_person_is_named_in_one_way(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", EXPORT + query)) == (409, "does-not-fit")


def test_only_who_may_read_people_may_export_them(heed: Heed) -> None:
    key = heed.make_key(*(set(Scope) - {Scope.PEOPLE_READ}))
    assert heed.call("GET", f"{EXPORT}?person={'a' * 26}", key=key).status_code == 403
