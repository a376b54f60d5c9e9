"""The segments that an open link says."""

import pytest

from tests.functional.conftest import Heed
from tests.support.filling import action_of, filled_in
from tests.support.open_link import Door, cookie_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY


def test_a_link_says_its_declared_segments(door: Door, heed: Heed) -> None:
    page = door.open("?group=IT%20Service%20Desk&utm_source=signature&colour=red")
    action = action_of(page)
    assert action == "it-help-desk?group=IT+Service+Desk"
    sent = door.send(filled_in(page, 9), query="?" + action.partition("?")[2])
    assert action_of(sent) == action
    (stored,) = heed.items("RESPONSE")
    assert stored["segments"] == ["group=IT Service Desk"]
    cells = tallied(heed.stored())
    assert cells == recounted(heed.stored())
    assert cells[(SURVEY.id, "group=IT Service Desk", "2026-11-20")] == {"n": 1, "c9": 1}


@pytest.mark.parametrize(
    "query",
    [
        "group=",
        "group=a&group=b",
        "group=" + "x" * 101,
        "group=%E2%80%AEabc",
        "group=%00",
        "group",
        "Group=a",
        "segments=group",
    ],
)
def test_a_segment_that_is_not_plain_is_left_out(door: Door, heed: Heed, query: str) -> None:
    page = door.send({"score": 9}, query=f"?{query}")
    assert page.status_code == 200
    assert heed.items("RESPONSE")[0]["segments"] == []
    assert action_of(page) == SURVEY.id


def test_a_segment_cannot_leave_its_place(door: Door, heed: Heed) -> None:
    hostile = 'a#2026"><script>=b'
    page = door.send({"score": 9}, query="?group=a%232026%22%3E%3Cscript%3E%3Db")
    assert heed.items("RESPONSE")[0]["segments"] == [f"group={hostile}"]
    assert "<script" not in page.body.decode()
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_a_segment_changes_nothing_on_a_later_answer(door: Door, heed: Heed) -> None:
    cookie = cookie_in(door.send({"score": 9}, query="?group=A"))
    door.send({"score": 8}, cookie, query="?group=B")
    assert heed.items("RESPONSE")[0]["segments"] == ["group=A"]
    assert door.answers == [8]
