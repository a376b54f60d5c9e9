"""How many answers a network may give in a minute."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import keys
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.rate_limit import LIMIT, RateStore, counted_as
from tests.functional.conftest import Heed
from tests.support.fakes import FakeTable
from tests.support.filling import filled_in
from tests.support.open_link import NOON, Door
from tests.support.samples import SURVEY


def test_ten_answers_a_minute_and_then_a_page_that_says_when(door: Door, clock: Any) -> None:
    for _ in range(LIMIT):
        assert door.answer(9).status_code == 200
    page = door.answer(3, "Three people asked me the same.")
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "55"
    assert "Three people asked me the same." in page.body.decode()
    assert "Set-Cookie" not in page.headers
    assert door.answers == [9] * LIMIT
    clock.shift(timedelta(seconds=55))
    assert door.send(filled_in(page, 3)).status_code == 200
    assert len(door.answers) == LIMIT + 1


@pytest.mark.parametrize(
    ("neighbour", "stranger"),
    [("198.51.100.200", "198.51.101.1"), ("2001:db8:1:ffff::1", "2001:db8:2::1")],
)
def test_a_network_is_what_is_limited(door: Door, neighbour: str, stranger: str) -> None:
    door.comes_from("198.51.100.1" if "." in neighbour else "2001:db8:1::1")
    for _ in range(LIMIT):
        door.answer(9)
    door.comes_from(neighbour)
    assert door.answer(9).status_code == 429
    door.comes_from(stranger)
    assert door.answer(9).status_code == 200
    for odd in ("", "nonsense"):
        door.comes_from(odd)
        assert door.answer(9).status_code == 200


def test_a_limit_that_is_reached_shuts_no_page_and_no_other_survey(door: Door, heed: Heed) -> None:
    for _ in range(LIMIT + 1):
        door.answer(9)
    assert door.open().status_code == 200
    other = replace(SURVEY, id="another", open_link=True)
    surveys_wiring.surveys().put(other)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert heed.http.post("/s/another", headers=kind, body=b"score=9").status_code == 200


def test_what_is_counted_names_no_network_and_ends(door: Door, heed: Heed) -> None:
    door.comes_from("198.51.100.7")
    door.answer(9)
    (item,) = heed.items("RATE")
    assert "198.51" not in str(heed.stored())
    assert item["expires_at"] <= (NOON + timedelta(hours=1)).timestamp()
    key = invitations_wiring.person_key().encode()
    minutes = {
        counted_as(SURVEY.id, "198.51.100.7", NOON + timedelta(minutes=m), key) for m in (0, 1)
    }
    assert len(minutes) == 2


def test_answers_at_the_same_moment_are_all_counted_against_the_limit() -> None:
    table = FakeTable()
    rates = RateStore(table)
    overtaken: list[bool] = []

    def slip_in(operation: str) -> None:
        if operation == "write" and len(overtaken) < 4:
            table.before, keep = (lambda _: None), table.before
            overtaken.append(rates.take("network", NOON))
            table.before = keep

    table.before = slip_in
    assert rates.take("network", NOON)
    assert table.items[keys.rate("network")]["taken"] == 5
    table.before = lambda _: None
    assert [rates.take("network", NOON) for _ in range(6)] == [True] * 5 + [False]
