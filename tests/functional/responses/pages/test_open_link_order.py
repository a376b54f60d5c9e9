"""Of two forms of one device the one that was pressed later stands, on an open link too."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.filling import filled_in
from tests.support.open_link import LINK, Door, cookie_in


def filled(door: Door, score: int, open_ms: int | str = "", comment: str = "") -> Any:
    return filled_in(door.open(), score, comment) | {"open_ms": open_ms}


def test_an_older_form_that_comes_late_changes_no_score(door: Door, clock: Any) -> None:
    cookie = cookie_in(door.answer(5))
    clock.shift(timedelta(minutes=1))
    older = filled(door, 0)
    clock.shift(timedelta(seconds=40))
    door.send(filled(door, 9), cookie)
    clock.shift(timedelta(seconds=30))
    page = door.send(older, cookie).body.decode()
    assert "Your 0 is not confirmed yet" in page
    assert door.answers == [9]


@pytest.mark.parametrize("first", [True, False])
def test_with_script_the_later_press_stands_in_any_order(
    door: Door, clock: Any, first: bool
) -> None:
    cookie = cookie_in(door.answer(5))
    forms = [filled(door, 3, 100_000, "slow"), filled(door, 8, 55_000)]
    clock.shift(timedelta(minutes=3))
    for form in forms if first else reversed(forms):
        door.send(form, cookie)
    assert door.answers == [3]
    assert door.heed.items("RESPONSE")[0]["comment"] == "slow"


def test_one_press_more_makes_it_count(door: Door, clock: Any) -> None:
    cookie = cookie_in(door.answer(5))
    older, newer = filled(door, 0, 1_000), filled(door, 9, 50_000)
    clock.shift(timedelta(minutes=1))
    door.send(newer, cookie)
    page = door.send(older, cookie)
    door.send(filled_in(page, 0), cookie)
    assert door.answers == [0]


@pytest.mark.parametrize("open_ms", ["", 9_000])
def test_a_gateway_s_copy_of_the_form_changes_nothing(
    door: Door, clock: Any, open_ms: int | str
) -> None:
    """It copies the person's browser, but not the cookie that came with the answer."""
    form = filled(door, 9, open_ms)
    clock.shift(timedelta(seconds=10))
    door.send(form)
    clock.shift(timedelta(seconds=34))
    door.send(form | {"score": 1, "comment": "copied"})
    assert door.answers == [9]
    assert "comment" not in door.heed.items("RESPONSE")[0]


def test_another_browser_s_form_with_the_page_s_nonce_is_somebody_else_s(
    door: Door, clock: Any
) -> None:
    form = filled(door, 9)
    door.send(form)
    clock.shift(timedelta(seconds=34))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "another"}
    door.heed.http.post(LINK, headers=headers, body=urlencode(form | {"score": 1}).encode())
    assert door.answers == [1, 9]
