"""A team's work on what was said: tasks, closed with their cause, and the causes counted."""

from datetime import timedelta
from typing import Any

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY, stored_invitation

CAUSES = f"/v1/surveys/{SURVEY.id}/causes"
CLOSED = {"state": "closed", "cause": "Wi-Fi"}


def opened(name: str, **changes: Any) -> str:
    """The id of the task that an unhappy answer opened. `changes` are of its invitation."""
    made = unhappy(name, **changes)
    plan_effects({"detail": {"id": "event", "response": made}})
    return made


def unhappy(name: str, **changes: Any) -> str:
    made, now = stored_invitation(wiring.table(), name, **changes), moments.now()
    record_response(
        made.id, Answer(2), new_operation(now), "UTC", now, responses_wiring.record_needs()
    )
    return made.id


def patch(heed: Heed, task: str, body: object, key: str | None = None) -> HTTPResponse:
    return heed.call("PATCH", f"/v1/tasks/{task}", body, key)


def listed(heed: Heed, state: str) -> list[str]:
    page = heed.call("GET", f"/v1/tasks?state={state}").json_body
    return [task["id"] for task in page["items"]]


def test_a_task_is_closed_shown_and_opened_again(heed: Heed) -> None:
    task = opened("a")
    said = CLOSED | {"cause": " Wi-Fi  | 無線 ", "fixed": True, "note": "Called her."}
    closed = patch(heed, task, said)
    assert closed.status_code == 200
    assert heed.call("GET", f"/v1/tasks/{task}").json_body == closed.json_body
    shown = closed.json_body
    assert (shown["state"], shown["cause"], shown["fixed"]) == ("closed", "Wi-Fi | 無線", True)
    assert shown["closed_at"]
    again = patch(heed, task, {"state": "open"}).json_body
    assert again["state"] == "open"
    assert {again[name] for name in ("closed_at", "cause", "fixed", "note")} == {None}


def test_a_task_shows_nobody_who_is_to_blame(heed: Heed) -> None:
    shown = heed.call("GET", f"/v1/tasks/{opened('a')}").json_body
    assert not {"assignee", "agent", "person", "email", "name"} & shown.keys()


def test_the_lists_are_by_state_and_open_unless_asked(heed: Heed) -> None:
    first, second = opened("a"), opened("b")
    patch(heed, first, CLOSED)
    assert (listed(heed, "open"), listed(heed, "closed")) == ([second], [first])
    assert [one["id"] for one in heed.call("GET", "/v1/tasks").json_body["items"]] == [second]
    patch(heed, second, CLOSED)
    assert listed(heed, "closed") == [second, first]


def test_a_long_list_goes_on_and_its_cursor_is_of_no_other_list(heed: Heed) -> None:
    tasks = {opened(name) for name in "abc"}
    for task in tasks:
        patch(heed, task, CLOSED)
    page = heed.call("GET", "/v1/tasks?state=closed&limit=2")
    link = page.headers["Link"].partition("<")[2].partition(">")[0]
    rest = heed.call("GET", f"/v1/tasks{link}").json_body
    assert {one["id"] for one in page.json_body["items"] + rest["items"]} == tasks
    other = heed.call("GET", f"/v1/tasks?state=open&cursor={page.json_body['next']}")
    assert problem(other) == (409, "does-not-fit")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/state"),
        ({"state": "done", "cause": "x"}, "#/state"),
        ({"state": ["open"]}, "#/state"),
        ({"state": "closed", "cause": " "}, "#/cause"),
        ({"state": "closed", "cause": "x" * 61}, "#/cause"),
        ({"state": "closed", "cause": ["x"]}, "#/cause"),
        (CLOSED | {"fixed": "yes"}, "#/fixed"),
        (CLOSED | {"note": "a\u0000b"}, "#/note"),
        (CLOSED | {"agent": "Kim"}, "#/agent"),
        ({"state": "open", "cause": "Wi-Fi"}, "#/cause"),
    ],
)
def test_a_change_that_cannot_be_made_is_pointed_at(
    heed: Heed, body: dict[str, Any], pointer: str
) -> None:
    refused = patch(heed, opened("a"), body)
    assert problem(refused) == (422, "validation")
    assert [one["pointer"] for one in refused.json_body["errors"]] == [pointer]
    assert listed(heed, "closed") == []


def test_a_cause_outside_the_list_is_refused_with_the_list(heed: Heed) -> None:
    listing = replace(SURVEY, causes=["Wi-Fi", "Ordering form"])
    surveys_wiring.surveys().put(listing)
    refused = patch(heed, opened("a"), {"state": "closed", "cause": "Weather"})
    assert problem(refused) == (409, "does-not-fit")
    (error,) = refused.json_body["errors"]
    assert (error["pointer"], error["code"]) == ("#/cause", "cause_unknown")
    assert "Wi-Fi, Ordering form" in error["detail"]


def test_no_task_is_closed_without_a_cause(heed: Heed) -> None:
    refused = patch(heed, opened("a"), {"state": "closed"})
    assert problem(refused) == (409, "does-not-fit")
    assert refused.json_body["errors"][0]["code"] == "cause_missing"
    assert listed(heed, "closed") == []


@pytest.mark.parametrize("query", ["state=all", "group=Desk", "limit=+5"])
def test_tasks_are_not_asked_for_in_any_other_way(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"/v1/tasks?{query}")) == (422, "validation")


def test_closing_wants_a_scope_of_its_own_and_a_task(heed: Heed) -> None:
    reader = heed.make_key(Scope.TASKS_READ)
    assert problem(patch(heed, opened("a"), CLOSED, reader)) == (403, "scope-missing")
    assert problem(patch(heed, "none", CLOSED)) == (404, "not-found")


def test_causes_are_counted_and_named(heed: Heed) -> None:
    opened("d")
    for name, cause, fixed in (("a", "VPN", True), ("b", "Wi-Fi", False), ("c", "wi-fi", True)):
        patch(heed, opened(name), {"state": "closed", "cause": cause, "fixed": fixed})
    found = heed.call("GET", CAUSES).json_body
    assert (found["opened"], found["closed"], found["fixed"]) == (4, 3, 2)
    assert found["causes"] == [{"cause": "Wi-Fi", "count": 2}, {"cause": "VPN", "count": 1}]
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_causes_are_of_days_and_the_last_one_is_not_included(heed: Heed) -> None:
    patch(heed, opened("a"), CLOSED)
    today = moments.now().date()
    before, after = today - timedelta(days=1), today + timedelta(days=1)
    assert heed.call("GET", f"{CAUSES}?from={today}&to={after}").json_body["closed"] == 1
    assert heed.call("GET", f"{CAUSES}?from={before}&to={today}").json_body["closed"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=1700000000",
        "from=20260202",
        "from=2026-02-30",
        "from=2026-01-01&from=2026-01-02",
        "segment=group%3DA",
        "first=2026-01-01",
    ],
)
def test_causes_are_not_asked_for_in_any_other_way(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{CAUSES}?{query}")) == (422, "validation")


@pytest.mark.parametrize(
    "query", ["from=2026-02-02&to=2026-02-02", "from=1900-01-01", "to=0001-01-01"]
)
def test_a_range_of_causes_that_holds_nothing_is_refused(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{CAUSES}?{query}")) == (409, "does-not-fit")


@pytest.mark.parametrize("query", ["agent=Kim", "sort=team", "by=assignee"])
def test_tasks_are_not_ranked_and_not_counted_by_employee(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"/v1/tasks?{query}"))[0] == 400
    assert problem(heed.call("GET", f"{CAUSES}?{query}"))[0] == 400


def test_causes_want_the_survey_and_the_scope(heed: Heed) -> None:
    assert problem(heed.call("GET", "/v1/surveys/none/causes")) == (404, "not-found")
    key = heed.make_key(Scope.SCORES_READ)
    assert problem(heed.call("GET", CAUSES, key=key)) == (403, "scope-missing")


@pytest.mark.parametrize("fault", [("lost",), ("twice",), ("before", "ThrottlingException", 400)])
def test_a_closing_is_counted_once_whatever_the_wire_does(
    heed: Heed, faulty: Any, monkeypatch: pytest.MonkeyPatch, fault: Any
) -> None:
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    client = wiring.table()._table._client  # type: ignore[attr-defined]
    task = unhappy("a")
    faults = faulty(client, {"TransactWriteItems": [fault, fault, fault]})
    plan_effects({"detail": {"id": "event", "response": task}})
    faults.plan = {"TransactWriteItems": [fault, fault, fault], "PutItem": [fault]}
    assert patch(heed, task, CLOSED).status_code == 200
    faults.plan = {}
    assert tallied(heed.stored()) == recounted(heed.stored())
    assert heed.call("GET", CAUSES).json_body["closed"] == 1
