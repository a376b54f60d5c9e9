"""Unhappy answers of a sealed survey: one task for each release, on the survey and on nobody."""

from typing import Any

import pytest
import time_machine

import app
from tests.functional.conftest import Heed
from tests.support.sealed import PATH, SURVEY, Sealed, several, start


@pytest.fixture
def sealed(heed: Heed) -> Any:
    with time_machine.travel(start(), tick=False) as clock:
        yield Sealed(heed, clock)


def release(number: int, unhappy: int = 3) -> None:
    facts = {"survey": SURVEY.id, "release": number, "answers": 6, "with_words": 6}
    detail = {"id": "event", **facts, "unhappy": unhappy}
    app.plan_effects({"detail-type": "AnswersReleased", "detail": detail}, None)


def tasks(sealed: Sealed) -> list[dict[str, Any]]:
    return list(sealed.heed.call("GET", "/v1/tasks").json_body["items"])


def test_a_release_with_unhappy_answers_opens_one_task(sealed: Sealed) -> None:
    sealed.publish(several(6))
    release(1)
    release(1)
    (task,) = tasks(sealed)
    assert (task["survey"], task["team"], task["state"]) == (SURVEY.id, SURVEY.team, "open")
    assert (task["response"], task["ticket"]) == (None, None)
    assert sealed.told("causes")["opened"] == 1


def test_each_release_has_a_task_of_its_own(sealed: Sealed) -> None:
    release(1)
    release(2)
    assert len(tasks(sealed)) == 2


def test_a_release_without_unhappy_answers_opens_none(sealed: Sealed) -> None:
    release(1, unhappy=0)
    assert tasks(sealed) == []


def test_it_is_closed_with_a_cause_as_any_other(sealed: Sealed) -> None:
    release(1)
    (task,) = tasks(sealed)
    path, closing = f"/v1/tasks/{task['id']}", {"state": "closed", "cause": "Queue", "fixed": True}
    assert sealed.heed.call("PATCH", path, closing).json_body["cause"] == "Queue"
    assert sealed.heed.call("GET", path).json_body["state"] == "closed"
    shown = sealed.heed.call("GET", f"{PATH}/causes").json_body
    assert (shown["closed"], shown["fixed"]) == (1, 1)
