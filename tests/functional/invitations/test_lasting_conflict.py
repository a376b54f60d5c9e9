"""One-click unsubscribe is never refused for a conflict, however long it lasts."""

from collections.abc import Callable
from itertools import count

import pytest

from chalicelib.accounts import wiring as accounts_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses.pages import unsubscribe_routes
from tests.functional.conftest import Heed
from tests.functional.invitations.conftest import Break
from tests.support.samples import NOW, SURVEY, invitation

CONFLICT = ("before", "TransactionConflictException", 400)
PERSON = invitation().person
CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock takes a moment."""
    looks = count()
    monkeypatch.setattr("chalicelib.deadline.clock", lambda: next(looks) / 10)
    monkeypatch.setattr(unsubscribe_routes, "PATIENCE_S", 0.2)


@pytest.fixture
def contended(broken: Break) -> None:
    """The person's own item takes no write, whoever sends it."""
    broken({"UpdateItem": [CONFLICT] * 100_000})


def test_a_conflict_that_lasts_is_written_around(heed: Heed, link: str, contended: None) -> None:
    assert heed.post_form(link, CLICK).status_code == 200
    assert heed.post_form(link, CLICK).status_code == 200
    assert [item["id"] for item in heed.items("OPTOUT")] == [PERSON]
    assert "unsubscribed_at" not in str(heed.items("PERSON"))


def asked_again(heed: Heed) -> object:
    body = {"email": "one@example.com"}
    path = f"/v1/surveys/{SURVEY.id}/invitations"
    return heed.call("POST", path, body).json_body["reason"]


def links_again(heed: Heed) -> object:
    body = {"email": "one@example.com", "ticket": {"id": "7"}}
    return heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", body).json_body["warning"]


@pytest.mark.parametrize("ask", [asked_again, links_again])
def test_whoever_asks_next_reads_it(heed: Heed, ask: Callable[[Heed], object]) -> None:
    person = invitations_wiring.person_of("one@example.com")
    invitations_wiring.people().opt_out(person, NOW)
    assert ask(heed) == "unsubscribed"
    assert invitations_wiring.people().get(person).unsubscribed
    assert accounts_wiring.accounts().ledger(person, NOW).person.unsubscribed


def test_it_stands_beside_what_else_is_known_of_the_person(heed: Heed) -> None:
    people = invitations_wiring.people()
    people.mark(PERSON, "bounced", NOW)
    people.opt_out(PERSON, NOW)
    found = people.get(PERSON)
    assert (found.unsubscribed, found.bounced, found.version) == (True, True, 1)


def test_a_table_that_takes_nothing_is_told(heed: Heed, broken: Break, link: str) -> None:
    down = ("before", "InternalServerError", 500)
    broken({"UpdateItem": [CONFLICT] * 100_000, "PutItem": [down] * 100_000})
    page = heed.post_form(link, CLICK)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
