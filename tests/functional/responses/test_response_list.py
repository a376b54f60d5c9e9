"""What people said, listed and searched."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from chalicelib import keys, wiring
from chalicelib.errors import Invalid
from chalicelib.responses import list_responses as response_list
from chalicelib.responses.query import ResponsesQuery
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from chalicelib.web.query import read_query
from tests.support.answers import PATH, Said, next_of, refused
from tests.support.samples import SURVEY


@pytest.mark.parametrize(
    ("query", "scores"),
    [
        ({}, [7, 10, 9, 2]),
        ({"band": "promoter"}, [10, 9]),
        ({"segment": "group=Network"}, [9, 2]),
        ({"commented": "true"}, [7, 9, 2]),
        ({"commented": "false"}, [10]),
        ({"q": "STRASSE"}, [7]),
        ({"q": "people kind"}, [9]),
        ({"q": "kind slow"}, []),
        ({"theme": "Waiting"}, [7, 2]),
        ({"theme": "Waiting", "band": "detractor"}, [2]),
        ({"state": "held"}, []),
        ({"from": "2026-11-20", "to": "2026-11-21"}, [7, 10, 9, 2]),
        ({"to": "2026-11-20"}, []),
        ({"from": "2026-11-21"}, []),
    ],
)
def test_answers_are_listed_newest_first_by_what_is_asked(
    four: Said, query: dict[str, str], scores: list[int]
) -> None:
    assert four.scores(**query) == scores


def test_an_answer_shows_its_themes(four: Said) -> None:
    assert [one["themes"] for one in four.items()] == [["Waiting"], [], ["People"], ["Waiting"]]


def test_days_are_those_of_the_survey_s_zone(said: Said) -> None:
    said.put(tz="Pacific/Auckland")  # noon in UTC is the next day there
    said.answer("a", 2)
    assert said.scores(**{"from": "2026-11-21", "to": "2026-11-22"}) == [2]
    assert said.scores(to="2026-11-21") == []


def test_the_cause_of_a_task_is_shown_and_can_be_asked_for(four: Said) -> None:
    (unhappy,) = four.items(band="detractor")
    assert unhappy["cause"] is None
    wiring.table().write(
        Update(keys.task(unhappy["id"]), set={"id": unhappy["id"], "cause": "staffing"})
    )
    assert [one["cause"] for one in four.items(cause="staffing")] == ["staffing"]
    assert four.items(cause="staff") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("first=2026-11-20", "first"),
        ("state=none", "state"),
        ("state=held&state=counted", "state"),
        ("band=happy", "band"),
        ("from=1700000000", "from"),
        ("from=2026-11-20T00:00:00Z", "from"),
        ("q=x", "q"),
        ("q=" + "x" * 101, "q"),
        ("q=%00%00", "q"),
        ("q=ab%00", "q"),
        ("q=%20%20", "q"),
        ("q=%E2%80%8B%E2%80%8B", "q"),
        ("commented=yes", "commented"),
        ("limit=0", "limit"),
        ("updated_since=yesterday", "updated_since"),
        ("q=%EF%B8%8F%EF%B8%8F", "q"),
        ("updated_since=20261120T090000Z", "updated_since"),
        ("updated_since=2026-11-20T09:00:00", "updated_since"),
    ],
)
def test_what_cannot_be_asked_is_pointed_at(said: Said, query: str, pointer: str) -> None:
    assert refused(said.get(f"{PATH}?{query}"))[:2] == (422, pointer)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-11-21&to=2026-11-20", "from"),
        ("segment=team%3Dx", "segment"),
        ("segment=group", "segment"),
        ("segment=group%3D", "segment"),
        ("theme=Nothing", "theme"),
        ("updated_since=2026-11-20T09:00:00Z&band=passive", "updated_since"),
        ("updated_since=2026-11-20T09:00:00Z&state=counted", "updated_since"),
    ],
)
def test_what_does_not_fit_the_survey_is_pointed_at(said: Said, query: str, pointer: str) -> None:
    assert refused(said.get(f"{PATH}?{query}"))[:2] == (409, pointer)


def test_two_segments_are_refused_with_the_reason(said: Said) -> None:
    answer = said.get(segment=["location=A", "organization=B"])
    assert (answer.status_code, "One segment at a time" in answer.json_body["detail"]) == (
        400,
        True,
    )


@pytest.mark.parametrize("query", ["sort=score", "agent=tomas", "assignee_id=7", "top=3"])
def test_answers_are_not_ranked_and_not_picked_by_employee(said: Said, query: str) -> None:
    assert said.heed.call("GET", f"{PATH}?{query}").status_code == 400


@pytest.mark.parametrize("text", ["\ud800\ud800", "a\udfff"])
def test_half_a_character_is_refused_wherever_it_slips_in(text: str) -> None:
    with pytest.raises(Invalid):
        read_query(ResponsesQuery, {"q": [text]})


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("query", [{}, {"commented": "true"}, {"segment": "group=Network"}])
def test_pages_join_without_loss_or_repeat(four: Said, limit: int, query: dict[str, str]) -> None:
    whole = [one["id"] for one in four.items(**query)]
    pages = [page.json_body for page in four.all_pages(limit=limit, **query)]
    assert [one["id"] for page in pages for one in page["items"]] == whole
    assert pages[-1]["next"] is None


def test_a_request_reads_so_much_and_says_where_to_go_on(
    four: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(response_list, "MOST_TEXT", 1)
    pages = [page.json_body for page in four.all_pages(band="detractor")]
    assert [len(page["items"]) for page in pages] == [0, 0, 1, 0]


def test_a_page_costs_the_same_however_many_answers_there_are(said: Said, dynamodb: Any) -> None:
    def calls() -> int:
        seen: list[str] = []
        count = lambda event_name, **_: seen.append(event_name)  # noqa: E731
        dynamodb.meta.events.register("before-send.dynamodb", count)
        said.get(limit=2)
        dynamodb.meta.events.unregister("before-send.dynamodb", count)
        return len(seen)

    for name in "abc":
        said.answer(name, 5)
    few = calls()
    for number in range(30):
        said.answer(f"more-{number}", 5)
    assert calls() == few


def test_a_cursor_goes_with_its_own_filters_and_survey(four: Said) -> None:
    cursor = next_of(four, band="promoter")
    assert four.get(band="promoter", cursor=cursor).status_code == 200
    assert four.get(band="promoter", limit=2, cursor=cursor).status_code == 200
    for other in ({}, {"band": "passive"}, {"band": "promoter", "from": "2026-11-20"}):
        assert refused(four.get(cursor=cursor, **other))[1:] == ("cursor", "cursor_invalid")
    surveys_wiring.surveys().put(replace(SURVEY, id="other"))
    elsewhere = four.get("/v1/surveys/other/responses", band="promoter", cursor=cursor)
    assert refused(elsewhere)[1:] == ("cursor", "cursor_invalid")


@pytest.mark.parametrize(
    "place",
    [
        "",
        "x",
        "2026-11-20T12:00:00.000Z#",
        "2026-11-20T12:00:00.000Z#" + "a" * 2000,
        "2027-11-20T12:00:00.000Z#" + "a" * 26,
        "2025-11-20T12:00:00.000Z#" + "a" * 26,
        "2026-11-20T12:00:00.000Z#" + "a" * 26 + "\n",
        7,
        None,
        {"S": "x"},
    ],
)
def test_a_cursor_that_somebody_wrote_is_refused(four: Said, place: object) -> None:
    import base64

    query = {"from": "2026-11-20", "to": "2026-11-21"}
    cursor = next_of(four, **query)
    made = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**made, "at": place}).encode()).decode()
    assert refused(four.get(cursor=forged, **query))[1] == "cursor"


@pytest.mark.parametrize("cursor", ["x", "e30", "[" * 1500, "W1tbW1tb", "é", "%00", "bnVsbA"])
def test_a_cursor_that_is_none_is_refused(said: Said, cursor: str) -> None:
    assert refused(said.get(f"{PATH}?cursor={quote(cursor)}"))[1] == "cursor"


def test_the_longest_value_of_a_segment_can_be_asked_for(said: Said) -> None:
    longest = "x" * 200
    said.answer("long", 8, "yes", segments=(f"group={longest}",))
    assert [one["score"] for one in said.get(segment=f"group={longest}").json_body["items"]] == [8]
