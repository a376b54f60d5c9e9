"""The segments that an open link says: those of the survey's own list, or signed ones."""

import re
from html import unescape
from typing import Any

import pytest

from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.support.filling import action_of, filled_in
from tests.support.open_link import Door, cookie_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

LISTED = {"group": ["IT Service Desk", "A", "B"]}
HOSTILE = 'a#2026"><script>=b'


@pytest.fixture(autouse=True)
def _listed(door: Door) -> None:
    door.put(segment_values=LISTED)


def signed(heed: Heed, query: str) -> str:
    """The query of the address that a QR code shows."""
    svg = heed.call("GET", f"/v1/surveys/{SURVEY.id}/qr?{query}").body.decode()
    found = re.search(r"<title>[^<]*?(\?[^<]*)</title>", svg)
    assert found
    return unescape(found[1])


def segments(heed: Heed) -> Any:
    return heed.items("RESPONSE")[0]["segments"]


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


@pytest.mark.parametrize("value", ["Mallory", "it service desk", "IT Service Desk "[:-2], "A,B"])
def test_a_stranger_invents_no_value(door: Door, heed: Heed, value: str) -> None:
    page = door.send({"score": 9}, query=f"?group={value.replace(' ', '%20')}")
    assert (page.status_code, segments(heed)) == (200, [])
    assert action_of(page) == SURVEY.id


def test_whoever_has_a_key_may_sign_any_value(door: Door, heed: Heed) -> None:
    query = signed(heed, "group=Oslo%20%26%20Osaka")
    sent = door.send(filled_in(door.open(query), 9), query=query)
    assert action_of(sent) == SURVEY.id + query
    assert segments(heed) == ["group=Oslo & Osaka"]


def test_a_signature_is_good_for_its_own_words_alone(door: Door, heed: Heed) -> None:
    query = signed(heed, "group=Oslo")
    for forged in (
        query.replace("Oslo", "Osaka"),
        query.replace("group", "organization"),
        query + "&organization=Acme",
        query[:-1] + ("a" if query[-1] != "a" else "b"),
        query.replace("signed-by=", "signed-by=" + "a" * 60),
    ):
        door.send({"score": 9}, query=forged)
    assert {tuple(item["segments"]) for item in heed.items("RESPONSE")} == {()}


def test_a_listed_value_is_printed_without_a_signature(heed: Heed) -> None:
    assert signed(heed, "group=A") == "?group=A"


def test_a_segment_cannot_leave_its_place(door: Door, heed: Heed) -> None:
    query = signed(heed, "group=a%232026%22%3E%3Cscript%3E%3Db")
    page = door.send({"score": 9}, query=query)
    assert segments(heed) == [f"group={HOSTILE}"]
    assert "<script>=b" not in page.body.decode()
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_a_segment_changes_nothing_on_a_later_answer(door: Door, heed: Heed) -> None:
    cookie = cookie_in(door.send({"score": 9}, query="?group=A"))
    door.send({"score": 8}, cookie, query="?group=B")
    assert segments(heed) == ["group=A"]
    assert door.answers == [8]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"colour": ["red"]}, 409),
        ({"group": [""]}, 422),
        ({"group": ["x" * 101]}, 422),
        ({"group": "A"}, 422),
    ],
)
def test_values_are_listed_for_segments_of_the_survey(heed: Heed, values: Any, status: int) -> None:
    body = definition_of(SURVEY) | {"segment_values": values}
    assert heed.call("PUT", f"/v1/surveys/{SURVEY.id}", body).status_code == status
