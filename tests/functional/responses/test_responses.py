"""What people said: listed, searched, by theme, as a table, and as a feed of changes."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import boto3
import pytest
import time_machine

from chalicelib import keys, moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import Invalid
from chalicelib.responses import count_themes as theme_counts
from chalicelib.responses import list_responses as response_list
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages.open_link import Device, record_open_answer
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from chalicelib.web.query import read_query
from tests.functional.conftest import TABLE, Heed
from tests.support.samples import SURVEY, stored_invitation

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PATH = f"/v1/surveys/{SURVEY.id}/responses"
THEMES = f"/v1/surveys/{SURVEY.id}/themes"
KEPT = {"Waiting": ["slow", "wait", "queue"], "People": ["kind"], "Price": ["cost"]}


class Said:
    """Answers, a minute apart."""

    def __init__(self, heed: Heed, clock: Any) -> None:
        self.heed, self.clock = heed, clock
        self.put()

    def put(self, **changes: object) -> None:
        survey = SURVEY.model_copy(update={"themes": KEPT, "open_link": True, **changes})
        surveys_wiring.surveys().put(survey)
        surveys_wiring.catalogue.cache_clear()

    def answer(self, name: str, score: int, comment: str | None = None, **changes: Any) -> str:
        self.clock.shift(timedelta(minutes=1))
        made = stored_invitation(wiring.table(), name, **changes)
        now = moments.now()
        record_response(
            made.id,
            Answer(score, comment),
            new_operation(now),
            "UTC",
            now,
            responses_wiring.recording(),
        )
        return made.id

    def get(self, path: str = PATH, accept: str | None = None, **query: object) -> Any:
        address = f"{path}?{urlencode(query, doseq=True)}" if query else path
        headers = {"Accept": accept} if accept else {}
        return self.heed.call("GET", address, **headers)

    def items(self, **query: object) -> list[Any]:
        answer = self.get(**query)
        assert answer.status_code == 200, answer.json_body
        return list(answer.json_body["items"])

    def scores(self, **query: object) -> list[int]:
        return [one["score"] for one in self.items(**query)]

    def all_pages(self, accept: str | None = None, **query: object) -> Iterator[Any]:
        """Follows the link of each page as it is given."""
        page = self.get(accept=accept, **query)
        yield page
        while "Link" in page.headers:
            tail = page.headers["Link"].partition("<")[2].partition(">")[0]
            page = self.get(PATH + tail, accept=accept)
            yield page


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def said(heed: Heed, clock: Any) -> Said:
    return Said(heed, clock)


@pytest.fixture
def four(said: Said) -> Said:
    said.answer("a", 2, "Waiting in the queue", segments=("group=Network",))
    said.answer("b", 9, "Kind people", segments=("group=Network", "organization=B"))
    said.answer("c", 10, None, segments=("group=Desk",))
    said.answer("d", 7, "Straße, slow \U0001f600", segments=())
    return said


def refused(answer: Any) -> tuple[int, str, str]:
    error = answer.json_body["errors"][0]
    return answer.status_code, error["pointer"], error["code"]


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


def test_changes_since_before_the_first_day_are_all_changes(four: Said) -> None:
    everything = four.get(updated_since="2000-01-01T00:00:00Z")
    assert four.get(updated_since="0001-01-01T00:00:00+14:00").json_body == everything.json_body


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
    answer = said.get(segment=["group=A", "organization=B"])
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


def next_of(said: Said, **query: object) -> str:
    return str(said.get(limit=1, **query).json_body["next"])


def test_a_cursor_goes_with_its_own_filters_and_survey(four: Said) -> None:
    cursor = next_of(four, band="promoter")
    assert four.get(band="promoter", cursor=cursor).status_code == 200
    assert four.get(band="promoter", limit=2, cursor=cursor).status_code == 200
    for other in ({}, {"band": "passive"}, {"band": "promoter", "from": "2026-11-20"}):
        assert refused(four.get(cursor=cursor, **other))[1:] == ("cursor", "cursor_invalid")
    surveys_wiring.surveys().put(SURVEY.model_copy(update={"id": "other"}))
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


# Who answered.


def person_of(said: Said, key: str, accept: str = "application/json") -> Any:
    return said.heed.call("GET", PATH, key=key, Accept=accept)


def test_a_name_is_shown_to_a_key_that_may_see_people(said: Said) -> None:
    said.answer("ingrid", 9)
    wanted = said.heed.make_key(Scope.RESPONSES_READ, Scope.PEOPLE_READ)
    (row,) = person_of(said, wanted).json_body["items"]
    assert row["person"]["name"] == "Ingrid Solheim"
    assert row["person"]["email"] == "ingrid@example.com"
    (line,) = csv.DictReader(io.StringIO(person_of(said, wanted, "text/csv").body.decode()))
    assert line["person_email"] == "ingrid@example.com"


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/jsonl"])
@pytest.mark.parametrize("since", ["", "?updated_since=2026-01-01T00:00:00Z"])
def test_without_the_scope_no_answer_has_a_name(said: Said, accept: str, since: str) -> None:
    said.answer("ingrid", 9)
    said.clock.shift(timedelta(minutes=5))
    key = said.heed.make_key(*(set(Scope) - {Scope.PEOPLE_READ}))
    answer = said.heed.call("GET", PATH + since, key=key, Accept=accept)
    assert b"it-help-desk" in answer.body
    assert b"ngrid" not in answer.body


def test_who_answered_by_an_open_link_has_no_name(said: Said) -> None:
    survey = surveys_wiring.surveys().get(SURVEY.id)
    none = Device(None, None)
    record_open_answer(survey, Answer(9), (), none, moments.now(), responses_wiring.recording())
    assert said.items()[0]["person"] is None


# As a table and as lines.


def test_a_table_holds_the_same_answers_and_runs_nothing(said: Said) -> None:
    said.answer("a", 2, '=HYPERLINK("http://x","y")', segments=("group=+Network",))
    said.answer("b", 9, "Kind,\n\nvery kind")
    page = said.get(accept="text/csv")
    assert page.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert page.body.count(b"\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(page.body.decode(), newline="")))
    assert [row["comment"] for row in rows] == [
        "Kind,\n\nvery kind",
        '\'=HYPERLINK("http://x","y")',
    ]
    assert [row["themes"] for row in rows] == ["People", ""]
    assert (rows[1]["score"], rows[1]["segment_group"]) == ("2", "'+Network")


@pytest.mark.parametrize("accept", ["text/csv", "application/x-ndjson", "application/jsonl"])
def test_an_export_goes_on_by_its_link(four: Said, accept: str) -> None:
    pages = list(four.all_pages(accept=accept, limit=3, commented="true"))
    bodies = "".join(page.body.decode() for page in pages)
    assert len(pages) > 1
    ids = [one["id"] for one in four.items(commented="true")]
    assert [bodies.count(one) for one in ids] == [1, 1, 1]


def test_lines_are_the_items_of_the_list(four: Said) -> None:
    page = four.get(accept="application/x-ndjson")
    assert page.headers["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in page.body.decode().splitlines()]
    assert lines == four.items()


def test_an_export_may_have_a_thousand_rows(said: Said) -> None:
    assert said.get(accept="text/csv", limit=1000).status_code == 200
    assert said.get(accept="text/csv", limit=1001).status_code == 422
    assert said.get(limit=101).status_code == 409


def test_a_kind_that_is_not_made_is_refused(said: Said) -> None:
    answer = said.get(accept="text/html")
    assert (answer.status_code, answer.json_body["type"]) == (
        406,
        "urn:heed:problem:not-acceptable",
    )


# Changes for a warehouse.

SINCE = {"updated_since": "2026-11-20T12:00:00Z"}


def lines_of(page: Any) -> list[Any]:
    return [json.loads(line) for line in page.body.decode().splitlines()]


def test_a_warehouse_learns_of_every_change_and_keeps_nothing_that_was_erased(
    said: Said,
) -> None:
    first, second = said.answer("a", 2, "slow"), said.answer("b", 9)
    said.clock.shift(timedelta(minutes=5))
    page = said.get(accept="application/jsonl", **SINCE)
    kept = {one["id"]: one for one in lines_of(page)}
    assert list(kept) == [first, second]

    said.answer("a", 10)
    said.clock.shift(timedelta(minutes=1))
    erase_response(
        second, new_operation(moments.now()), moments.now(), responses_wiring.recording()
    )
    said.clock.shift(timedelta(minutes=5))
    again = said.get(accept="application/jsonl", updated_since=page.headers["Settled-To"])
    changes = lines_of(again)
    assert [one.get("score") for one in changes] == [10, None]
    assert changes[1].keys() == {"id", "survey", "state", "changed_at"}
    assert changes[1]["state"] == "erased"


def test_changes_come_oldest_first_in_pages_that_join(four: Said) -> None:
    four.clock.shift(timedelta(minutes=5))
    pages = list(four.all_pages(accept="application/jsonl", limit=3, **SINCE))
    times = [one["changed_at"] for page in pages for one in lines_of(page)]
    assert len(times) == 4
    assert times == sorted(times)
    assert "Settled-To" not in pages[0].headers
    assert "Settled-To" in pages[-1].headers


def test_the_last_minute_is_not_told_yet(said: Said) -> None:
    said.answer("a", 2)
    said.clock.shift(timedelta(seconds=59))
    page = said.get(**SINCE)
    assert page.json_body["items"] == []
    assert page.headers["Settled-To"] == "2026-11-20T12:00:59.000Z"
    said.clock.shift(timedelta(seconds=2))
    assert [one["score"] for one in said.items(**SINCE)] == [2]


def test_changes_since_a_time_to_come_are_none(said: Said) -> None:
    assert said.items(updated_since="2030-01-01T00:00:00Z") == []


def test_changes_as_a_table_hold_the_erased_too(said: Said) -> None:
    erased = said.answer("a", 2, "slow")
    erase_response(
        erased, new_operation(moments.now()), moments.now(), responses_wiring.recording()
    )
    said.clock.shift(timedelta(minutes=5))
    page = said.get(accept="text/csv", **SINCE)
    (row,) = csv.DictReader(io.StringIO(page.body.decode()))
    assert (row["id"], row["state"], row["comment"]) == (erased, "erased", "")


def test_a_cursor_of_the_list_is_none_of_the_changes(four: Said) -> None:
    cursor = next_of(four)
    assert refused(four.get(cursor=cursor, **SINCE))[1] == "cursor"


def test_an_answer_costs_one_small_item_more(said: Said) -> None:
    said.answer("a", 2, "x" * 9_000)
    table = boto3.client("dynamodb")
    (place,) = [one for one in table.scan(TableName=TABLE)["Items"] if one["SK"]["S"] == "CHANGE"]
    assert len(str(place)) < 1024


# Themes.


def themes(said: Said, **query: object) -> Any:
    answer = said.get(THEMES, **query)
    assert answer.status_code == 200, answer.json_body
    return answer.json_body


def test_themes_are_counted_by_band_and_given_no_score(four: Said) -> None:
    found = themes(four)
    waiting = {"promoter": 0, "passive": 1, "detractor": 1}
    assert found["themes"][0] == {"theme": "Waiting", "count": 2, "bands": waiting}
    assert [one["theme"] for one in found["themes"]] == ["Waiting", "People", "Price"]
    assert (found["complete"], found["responses"], found["comments"]) == (True, 4, 3)


def test_themes_are_those_of_the_range(four: Said) -> None:
    assert themes(four, **{"from": "2026-11-21"})["responses"] == 0
    assert refused(four.get(THEMES, **{"from": "2026-11-21", "to": "2026-11-21"}))[1] == "from"
    assert four.get(THEMES, sort="count").status_code == 400


def test_themes_say_how_far_they_were_read(four: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme_counts, "MOST_READ", 2)
    found = themes(four)
    assert (found["complete"], found["responses"]) == (False, 2)
    assert found["read_to"] == "2026-11-20T12:03:00.000Z"


def test_themes_want_the_scope(said: Said) -> None:
    key = said.heed.make_key(Scope.SCORES_READ)
    assert said.heed.call("GET", THEMES, key=key).status_code == 403


def test_the_longest_value_of_a_segment_can_be_asked_for(said: Said) -> None:
    longest = "x" * 200
    said.answer("long", 8, "yes", segments=(f"group={longest}",))
    assert [one["score"] for one in said.get(segment=f"group={longest}").json_body["items"]] == [8]
