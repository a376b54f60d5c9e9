"""One answer for each device and pause, and what the cookie says."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation
from tests.functional.conftest import Heed
from tests.support.filling import filled_in
from tests.support.open_link import Door, cookie_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY


def test_a_device_changes_its_answer_within_the_pause(door: Door, clock: Any) -> None:
    cookie = cookie_in(door.answer(3, "slow"))
    clock.shift(timedelta(minutes=59))
    page = door.answer(8, cookie=cookie)
    assert cookie_in(page) == cookie
    assert door.answers == [8]
    assert [item["comment"] for item in door.heed.items("RESPONSE")] == ["slow"]


def test_a_device_answers_again_after_the_pause(door: Door, clock: Any) -> None:
    cookie = cookie_in(door.answer(3))
    clock.shift(timedelta(minutes=60))
    again = cookie_in(door.answer(8, cookie=cookie))
    assert again != cookie
    assert door.answers == [3, 8]


def test_another_device_adds_an_answer(door: Door) -> None:
    door.answer(3)
    door.answer(8)
    assert door.answers == [3, 8]


def test_a_kiosk_takes_one_person_after_another(door: Door, clock: Any) -> None:
    door.put(open_link_pause_minutes=0)
    first = door.answer(3)
    assert "Set-Cookie" not in first.headers
    door.answer(8)
    clock.shift(timedelta(minutes=1))
    # The page of the first was left open: whoever comes now is somebody else.
    door.send(filled_in(first, 10))
    assert door.answers == [3, 8, 10]


def test_a_second_thought_on_the_page_that_says_thanks_is_a_change(door: Door) -> None:
    door.put(open_link_pause_minutes=0)
    thanks = door.answer(3)
    door.send(filled_in(thanks, 4, "On reflection"))
    assert door.answers == [4]


def test_the_cookie_is_the_device_s_own_and_holds_nothing_else(door: Door, heed: Heed) -> None:
    set_cookie = door.answer(9).headers["Set-Cookie"]
    pattern = rf"heed-{SURVEY.id}=[a-z2-7]{{26}}; Max-Age=3600; HttpOnly; Secure; SameSite=Lax"
    assert re.fullmatch(pattern, set_cookie)
    # No Path: the browser takes the folder of the link, and no page of another kind gets it.
    (stored,) = heed.items("RESPONSE")
    assert stored["id"] not in set_cookie


def test_no_cookie_is_set_for_what_was_not_accepted(door: Door) -> None:
    for page in (door.open(), door.answer(11), door.answer(9, "x" * 10_001)):
        assert "Set-Cookie" not in page.headers


def test_the_id_of_an_answer_does_not_open_it(door: Door, heed: Heed) -> None:
    door.answer(9)
    (stored,) = heed.items("RESPONSE")
    door.answer(0, cookie=f"heed-{SURVEY.id}={stored['id']}")
    assert door.answers == [0, 9]


@pytest.mark.parametrize("cookie", ["", "x", "=", ";;;", "heed-it-help-desk=", "a=b; \xff=\x00"])
def test_a_cookie_that_cannot_be_read_is_none(door: Door, cookie: str) -> None:
    own = cookie_in(door.answer(9))
    door.answer(8, cookie=f"{cookie}; {own}; other=1")
    door.answer(7, cookie=cookie)
    assert door.answers == [7, 8]


def test_the_cookie_of_another_survey_changes_nothing(door: Door) -> None:
    cookie = cookie_in(door.answer(9))
    door.answer(8, cookie=cookie.replace(SURVEY.id, "another"))
    assert door.answers == [8, 9]


def test_an_erased_answer_is_not_changed_but_followed_by_another(door: Door, heed: Heed) -> None:
    cookie = cookie_in(door.answer(9))
    (stored,) = heed.items("RESPONSE")
    now = moments.now()
    erase_response(stored["id"], new_operation(now), now, responses_wiring.record_needs())
    assert door.answer(5, cookie=cookie).status_code == 200
    kept = [item for item in heed.items("RESPONSE") if not item.get("gone")]
    assert [item["score"] for item in kept] == [5]
    assert tallied(heed.stored()) == recounted(heed.stored())
