"""Tasks are found by survey, team, owner and due time, read as a file, and opened by hand."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

import app
from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_tasks import opened, patch
from tests.support.problems import problem
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

TASKS = "/v1/tasks"
PEOPLE = [{"id": "kari", "name": "Kari", "email": "kari@example.com"}]
NOTE = "Ask how the card readers do."


def new(**changes: Any) -> dict[str, Any]:
    due_at = moments.to_text(moments.now() + timedelta(days=2))
    return {"survey": SURVEY.id, "note": NOTE, "due_at": due_at} | changes


@pytest.fixture
def tasks(heed: Heed) -> tuple[str, str]:
    """The first is of a team and overdue, the second of nobody."""
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": PEOPLE})
    with time_machine.travel(moments.now() - timedelta(days=3)):
        surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
        first = opened("a")
    surveys_wiring.surveys().put(SURVEY)
    second = opened("b")
    app.tick({}, Clock())
    patch(heed, first, {"owner": "kari"})
    return first, second


def found(heed: Heed, query: str, key: str | None = None) -> list[str]:
    page = heed.call("GET", f"{TASKS}?{query}", key=key).json_body
    return [task["team_id"] or "none" for task in page["items"]]


@pytest.mark.parametrize("sees_people", [True, False])
@pytest.mark.parametrize(
    ("query", "teams"),
    [
        ("team=desk", ["desk"]),
        ("owner=kari", ["desk"]),
        ("overdue=true", ["desk"]),
        ("overdue=false", ["none"]),
        (f"survey={SURVEY.id}", ["desk", "none"]),
        ("survey=another", []),
        ("team=desk&overdue=false", []),
        ("state=taken", []),
    ],
)
@pytest.mark.usefixtures("tasks")
def test_a_list_is_filtered(heed: Heed, query: str, teams: list[str], sees_people: bool) -> None:
    key = None if sees_people else heed.make_key(Scope.TASKS_READ)
    assert found(heed, query, key) == teams


@pytest.mark.usefixtures("tasks")
def test_a_filtered_list_goes_on_where_its_page_ended(heed: Heed) -> None:
    page = heed.call("GET", f"{TASKS}?overdue=false&limit=1").json_body
    assert page["items"] == []
    assert found(heed, f"overdue=false&limit=1&cursor={page['next']}") == ["none"]


def test_only_tasks_are_found_by_their_owner(heed: Heed) -> None:
    scores = heed.call("GET", f"/v1/surveys/{SURVEY.id}/scores?owner=kari")
    assert problem(scores) == (400, "employee-score-refused")


def test_tasks_are_a_file(heed: Heed, tasks: tuple[str, str]) -> None:
    patch(heed, tasks[0], {"state": "closed", "cause": "=1+1", "note": "a;b"})
    answer = heed.call("GET", f"{TASKS}?state=closed", Accept="text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.body.decode()))
    assert (row["id"], row["owner"], row["score"], row["state"]) == (
        tasks[0],
        "kari",
        "2",
        "closed",
    )
    assert not row["cause"].startswith("=")
    assert (row["ticket_id"], row["note"]) == ("48213", "a;b")


def test_a_task_is_opened_by_hand(heed: Heed, tasks: tuple[str, str]) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
    answer = heed.call("POST", TASKS, new(owner="kari"))
    task = answer.json_body
    assert (answer.status_code, answer.headers["Location"]) == (201, f"{TASKS}/{task['id']}")
    assert (task["team_id"], task["owner"], task["response"]) == ("desk", "kari", None)
    assert [(entry["what"], entry["note"]) for entry in task["history"]] == [("opened", NOTE)]
    assert heed.call("GET", f"{TASKS}/{task['id']}").json_body == task
    assert patch(heed, task["id"], {"state": "closed", "cause": "Cards"}).status_code == 200
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_the_same_request_again_is_one_task(heed: Heed) -> None:
    body = new()
    first, again = (heed.call("POST", TASKS, body, Idempotency_Key="one") for _ in range(2))
    assert first.json_body == again.json_body
    assert len(heed.items("TASK")) == 1
    other = heed.call("POST", TASKS, body | {"note": "Another."}, Idempotency_Key="one")
    assert problem(other) == (409, "idempotency-key-reused")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"survey": "none"}, 409),
        ({"due_at": "2026-01-01T00:00:00Z"}, 409),
        ({"due_at": "2107-01-01T00:00:00Z"}, 409),  # no link of a task could end then
        ({"due_at": "9999-12-31T23:59:59Z"}, 409),
        ({"due_at": "9999-12-31T23:59:59-14:00"}, 409),
        ({"owner": "kari"}, 409),
        ({"note": ""}, 422),
        ({"due_at": "soon"}, 422),
        ({"ticket": {"id": "1"}}, 422),
    ],
)
def test_a_task_that_cannot_be_opened_is_refused(
    heed: Heed, changes: dict[str, Any], status: int
) -> None:
    assert problem(heed.call("POST", TASKS, new(**changes)))[0] == status
    assert heed.items("TASK") == []
