"""The order, the pages, the cursors and the filters of a key that may not see people."""

import base64
import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.answers import refused
from tests.support.known_people import BEGIN, SURVEYS, KnownPeople

RESPONSES = f"{SURVEYS}/responses"
FEED = f"{RESPONSES}?updated_since=2026-11-20"
NAMES = ("a", "bb", "ccc", "dddd", "eeeee", "ffffff")


def pages(people: KnownPeople, path: str, key: str, limit: int) -> list[Any]:
    """The bodies of all pages."""
    found, after = [], ""
    while True:
        mark = "&" if "?" in path else "?"
        answer = people.heed.call("GET", f"{path}{mark}limit={limit}{after}", key=key)
        assert answer.status_code == 200, answer.body
        found.append(answer.json_body)
        if not answer.json_body["next"]:
            return found
        after = f"&cursor={answer.json_body['next']}"


def items(bodies: list[Any]) -> list[Any]:
    return [item for body in bodies for item in body["items"]]


def two_days(people: KnownPeople) -> list[str]:
    """Six tasks: four on one day, two on the next."""
    return [people.has_task(name, hours=i * 3.5) for i, name in enumerate(NAMES)]


@pytest.mark.parametrize("path", [RESPONSES, FEED, "/v1/tasks"])
@pytest.mark.parametrize("limit", [1, 2, 4, 50])
def test_rows_of_a_day_stand_by_their_ids_on_pages_of_any_size(
    people: KnownPeople, key: str, path: str, limit: int
) -> None:
    two_days(people)
    people.clock.shift(timedelta(minutes=5))
    rows = items(pages(people, path, key, limit))
    day = "due_at" if "tasks" in path else "answered_at"
    shown = [(row[day], row["id"]) for row in rows]
    assert shown == sorted(shown, reverse=path == RESPONSES)
    assert len({row["id"] for row in rows}) == 6


def in_base64(cursor: str) -> str:
    return base64.urlsafe_b64decode(cursor + "==").decode("latin-1")


@pytest.mark.parametrize("path", [RESPONSES, FEED, "/v1/tasks", "/v1/tasks?state=closed"])
def test_a_cursor_holds_no_time_and_no_id(people: KnownPeople, key: str, path: str) -> None:
    for made in two_days(people):
        if "closed" in path:
            said = {"state": "closed", "cause": "Wi-Fi"}
            people.told("PATCH", f"/v1/tasks/{made}", said)
    people.clock.shift(timedelta(minutes=5))
    bodies = pages(people, path, key, 2)
    cursors = [body["next"] for body in bodies if body["next"]]
    assert len(cursors) >= 2
    assert len(items(bodies)) == 6
    for cursor in cursors:
        assert not re.search(r"20\d\d-|[a-z2-7]{26}", in_base64(cursor))


@pytest.mark.parametrize("path", [RESPONSES, "/v1/tasks"])
def test_a_cursor_of_one_kind_of_key_is_none_of_the_other(
    people: KnownPeople, key: str, path: str
) -> None:
    two_days(people)
    for one, foreign in ((people.heed.key, key), (key, people.heed.key)):
        cursor = people.heed.call("GET", f"{path}?limit=1", key=one).json_body["next"]
        answer = people.heed.call("GET", f"{path}?cursor={cursor}", key=foreign)
        assert refused(answer) == (409, "cursor", "cursor_invalid")


def test_changes_are_asked_for_by_day(people: KnownPeople, key: str) -> None:
    two_days(people)
    people.clock.move_to(BEGIN + timedelta(hours=30))
    exact = f"{RESPONSES}?updated_since=2026-11-20T12:00:00Z"
    assert refused(people.heed.call("GET", exact, key=key)) == (409, "updated_since", "day_wanted")
    answer = people.heed.call("GET", f"{RESPONSES}?updated_since=2026-11-21", key=key)
    assert [row["changed_at"] for row in answer.json_body["items"]] == ["2026-11-21"] * 2
    assert answer.headers["Settled-To"] == "2026-11-21"


def test_the_next_reading_of_the_feed_misses_no_change(people: KnownPeople, key: str) -> None:
    people.answered("anna", 9, hours=1)
    people.clock.shift(timedelta(minutes=5))
    first = people.heed.call("GET", FEED, key=key)
    people.answered("bo", 3, hours=2)
    people.clock.shift(timedelta(minutes=5))
    path = f"{RESPONSES}?updated_since={first.headers['Settled-To']}"
    again = people.heed.call("GET", path, key=key).json_body["items"]
    assert sorted(row["score"] for row in again) == [3, 9]


def test_a_day_is_taken_from_a_key_that_sees_people_too(people: KnownPeople) -> None:
    two_days(people)
    people.clock.move_to(BEGIN + timedelta(hours=30))
    (later,) = pages(people, f"{RESPONSES}?updated_since=2026-11-21", people.heed.key, 50)
    assert [row["answered_at"][:10] for row in later["items"]] == ["2026-11-20", "2026-11-21"]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_out_of_time_is_refused(people: KnownPeople, day: str) -> None:
    answer = people.heed.call("GET", f"{RESPONSES}?updated_since={day}")
    assert refused(answer) == (409, "updated_since", "range_out_of_time")


def test_the_filters_work_by_day(people: KnownPeople, key: str) -> None:
    two_days(people)
    people.answered("happy", 9, "Kind people", hours=20)
    query = f"{RESPONSES}?from=2026-11-21&band=detractor&commented=true&limit=1"
    bodies = pages(people, query.replace("&limit=1", ""), key, 1)
    assert [row["answered_at"] for row in items(bodies)] == ["2026-11-21"] * 2


def test_themes_are_read_to_a_day(
    people: KnownPeople, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.responses import count_themes

    two_days(people)
    monkeypatch.setattr(count_themes, "MOST_READ", 3)
    shown = people.heed.call("GET", f"{SURVEYS}/themes", key=key).json_body
    assert (shown["complete"], shown["read_to"]) == (False, "2026-11-20")
