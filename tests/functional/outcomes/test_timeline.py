"""What an account answered and did, and what was to be done for it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.directory import known
from tests.support.known_people import BEGIN, KnownPeople
from tests.support.samples import SURVEY

TIMELINE = "/v1/accounts/acme/timeline"


@pytest.fixture
def people(heed: Heed) -> Any:
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield KnownPeople(heed, clock)


def told(people: KnownPeople, **whom: str) -> str:
    """An outcome of just now."""
    said = {"kind": "referral", "happened_at": moments.to_text(moments.now()), **whom}
    return str(people.told("POST", "/v1/outcomes", said)["id"])


def line(people: KnownPeople, query: str = "") -> list[tuple[str, str]]:
    items = people.told("GET", TIMELINE + query)["items"]
    return [(one["kind"], one["id"]) for one in items]


def test_answers_tasks_and_outcomes_stand_in_one_line(people: KnownPeople) -> None:
    people.contact("anna")
    unhappy = people.has_task("anna", hours=3)
    people.clock.move_to(BEGIN + timedelta(hours=5))
    of_anna = told(people, email="anna@acme.example.com")
    people.clock.move_to(BEGIN + timedelta(hours=6))
    of_acme = told(people, account="acme")
    told(people, account="quiet")
    wanted = [("outcome", of_acme), ("outcome", of_anna), ("task", unhappy), ("answer", unhappy)]
    assert line(people) == wanted
    shown = people.told("GET", TIMELINE)
    assert shown["items"][3]["answer"]["score"] == 2
    assert (shown["items"][2]["task"]["state"], shown["all_people"]) == ("open", True)


def test_the_line_goes_on_by_pages(people: KnownPeople) -> None:
    people.contact("anna")
    people.has_task("anna", hours=3)
    whole, found, query = line(people), list[tuple[str, str]](), "?limit=1"
    while query:
        page = people.told("GET", TIMELINE + query)
        found += [(one["kind"], one["id"]) for one in page["items"]]
        query = f"?limit=1&cursor={page['next']}" if page["next"] else ""
    assert found == whole
    assert len(whole) == 2


def test_whom_the_directory_has_in_the_account_is_in_it(people: KnownPeople) -> None:
    known(people.heed, "bo@acme.example.com", account="acme")
    answer = people.answered("bo", 9, hours=1)
    assert line(people) == [("answer", answer)]
    known(people.heed, "bo@acme.example.com", account="quiet")
    people.contact("bo")
    assert line(people) == [("answer", answer)]
    assert people.told("GET", "/v1/accounts/quiet/timeline")["items"] == []


def test_what_was_erased_or_taken_back_is_not_in_it(people: KnownPeople) -> None:
    people.contact("anna")
    people.has_task("anna", hours=3)
    outcome = told(people, account="acme")
    assert people.heed.call("DELETE", f"/v1/outcomes/{outcome}").status_code == 204
    people.told("POST", "/v1/people/erasures", {"email": "anna@acme.example.com"})
    assert line(people) == []


def test_a_sealed_answer_is_never_in_it(people: KnownPeople) -> None:
    people.contact("anna")
    people.has_task("anna", hours=3)
    sealed = replace(SURVEY, identity="confidential")
    surveys_wiring.surveys().put(sealed)
    surveys_wiring.catalogue.cache_clear()
    assert line(people) == []


def test_it_is_for_who_may_read_people(heed: Heed) -> None:
    key = heed.make_key(*(set(Scope) - {Scope.PEOPLE_READ}))
    assert heed.call("GET", TIMELINE, key=key).status_code == 403
    assert heed.call("GET", TIMELINE).status_code == 404
