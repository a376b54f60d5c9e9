"""A task is taken, handed on, noted and waits, and its history says who did it and when."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks.history import MOST
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import CLOSED, listed, opened, patch
from tests.support.problems import problem
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

PEOPLE = [
    {"id": name, "name": name.title(), "email": f"{name}@example.com"} for name in ("kari", "olav")
]


@pytest.fixture
def task(heed: Heed) -> str:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": PEOPLE})
    surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
    return opened("a")


def history(shown: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(entry["what"], entry["owner"] or entry["note"]) for entry in shown["history"]]


def test_a_task_is_taken_handed_on_noted_and_closed(heed: Heed, task: str) -> None:
    fresh = heed.call("GET", f"/v1/tasks/{task}").json_body
    assert (fresh["state"], fresh["owner"], fresh["history"]) == ("open", None, [])
    taken = patch(heed, task, {"state": "taken", "owner": "kari"}).json_body
    assert (taken["state"], taken["owner"]) == ("taken", "kari")
    patch(heed, task, {"owner": "olav"})
    patch(heed, task, {"note": "Nobody answers."})
    shown = patch(heed, task, CLOSED).json_body
    assert (shown["state"], shown["owner"]) == ("closed", "olav")
    assert history(shown) == [
        ("taken", "kari"),
        ("handed_on", "olav"),
        ("noted", "Nobody answers."),
        ("closed", None),
    ]
    (key,) = {item["id"] for item in heed.items("KEY")}
    assert {entry["by"] for entry in shown["history"]} == {key}


def test_a_task_waits_until_its_time(heed: Heed, task: str) -> None:
    until = moments.to_text(moments.now() + timedelta(hours=2))
    waits = patch(heed, task, {"state": "waiting", "until": until}).json_body
    assert (waits["state"], waits["waits_until"], waits["overdue"]) == ("waiting", until, False)
    with time_machine.travel(moments.now() + timedelta(hours=3)):
        assert heed.call("GET", f"/v1/tasks/{task}").json_body["state"] == "taken"
    back = patch(heed, task, {"state": "open"}).json_body
    assert (back["state"], back["waits_until"]) == ("open", None)


def test_the_list_of_open_tasks_has_taken_ones_too(heed: Heed, task: str) -> None:
    other = opened("b")
    patch(heed, task, {"state": "taken"})
    assert set(listed(heed, "open")) == {task, other}
    assert listed(heed, "taken") == [task]
    assert listed(heed, "waiting") == []


def test_the_same_change_twice_is_one(heed: Heed, task: str) -> None:
    for change in (
        {"state": "taken", "owner": "kari", "note": "Rang."},
        {"note": "Wrote."},
        CLOSED,
    ):
        first = patch(heed, task, change).json_body
        assert patch(heed, task, change).json_body == first
    assert len(first["history"]) == 3


def test_after_the_first_touch_work_changes_no_count(heed: Heed, task: str) -> None:
    patch(heed, task, {"state": "taken"})
    before = tallied(heed.stored())
    for change in ({"note": "Rang."}, {"owner": "kari"}, {"state": "open"}, {"state": "taken"}):
        assert patch(heed, task, change).status_code == 200
    assert tallied(heed.stored()) == recounted(heed.stored()) == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"owner": "nobody"}, "owner_unknown"),
        ({"state": "taken", "owner": "nobody"}, "owner_unknown"),
        ({"state": "waiting", "until": "2026-01-01T00:00:00Z"}, "until_past"),
        ({"state": "waiting", "until": "0001-01-01T00:00:00+14:00"}, "until_past"),
        ({"state": "waiting", "until": "2200-01-01T00:00:00Z"}, "until_far"),
        ({"state": "waiting", "until": "9999-12-31T23:59:59-14:00"}, "until_far"),
    ],
)
def test_what_does_not_fit_is_refused(
    heed: Heed, task: str, change: dict[str, str], code: str
) -> None:
    answer = patch(heed, task, change)
    assert problem(answer) == (409, "does-not-fit")
    assert [error["code"] for error in answer.json_body["errors"]] == [code]
    assert heed.call("GET", f"/v1/tasks/{task}").json_body["history"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"state": "done"},
        {"state": ["taken"]},
        {"state": "waiting"},
        {"state": "waiting", "until": "tomorrow"},
        {"state": "taken", "cause": "Wi-Fi"},
        {"note": "n" * 201},
        {"note": "two\nlines"},
    ],
)
def test_what_cannot_be_read_is_refused(heed: Heed, task: str, change: dict[str, Any]) -> None:
    assert problem(patch(heed, task, change)) == (422, "validation")


@pytest.mark.parametrize("change", [{"state": "taken"}, {"note": "Late."}, {"owner": "kari"}])
def test_a_closed_task_is_opened_before_it_is_worked_on(
    heed: Heed, task: str, change: dict[str, str]
) -> None:
    patch(heed, task, CLOSED)
    assert problem(patch(heed, task, change)) == (409, "does-not-fit")
    assert patch(heed, task, {"state": "open"}).json_body["history"][-1]["what"] == "opened_again"
    assert patch(heed, task, change).status_code == 200


def test_a_long_history_keeps_its_last(heed: Heed, task: str) -> None:
    for number in range(MOST + 2):
        shown = patch(heed, task, {"note": f"Rang {number} times."}).json_body
    assert len(shown["history"]) == MOST
    assert shown["history"][-1]["note"] == f"Rang {MOST + 1} times."


def test_who_may_not_know_when_sees_the_day_of_a_change(heed: Heed, task: str) -> None:
    patch(heed, task, {"state": "taken"})
    key = heed.make_key(Scope.TASKS_READ)
    (shown,) = heed.call("GET", "/v1/tasks", key=key).json_body["items"]
    assert shown["history"][0]["at"] == moments.now().date().isoformat()


def test_no_log_line_and_no_event_has_a_note(heed: Heed, task: str, log_lines: Any) -> None:
    patch(heed, task, {"note": "Rang Zebra."})
    assert "Zebra" not in log_lines.getvalue()
