"""A plan that is edited ends no task: its answer does, by the plan under which it was opened."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

import app
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_corrected_answers import correct
from tests.support.answers import NOON, Said
from tests.support.given_surveys import survey_of
from tests.support.tasks import hear

LOW = [
    {"do": "open_task", "when": {"scores": {"max": 4}, "segments": {"group": "IT Service Desk"}}}
]


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Said(heed, clock)


def edit(said: Said, plan: Any) -> None:
    """As PUT /v1/surveys/{survey} does it."""
    from tests.support.samples import SURVEY

    said.put(plan=survey_of(definition_of(SURVEY) | {"plan": plan}).plan)


def task(said: Said, answer: str) -> tuple[str, str | None]:
    shown = said.heed.call("GET", f"/v1/tasks/{answer}").json_body
    return shown["state"], shown["cause"]


def sweep(said: Said) -> Any:
    said.clock.shift(timedelta(hours=1))
    return app.sweep({}, Clock(800_000))["found"]


@pytest.mark.parametrize("before", ["default", "help_desk", LOW])
@pytest.mark.parametrize("after", [[], [{"do": "open_task", "when": {"scores": {"max": 1}}}]])
def test_words_that_are_added_later_end_no_task(said: Said, before: Any, after: Any) -> None:
    edit(said, before)
    answer = said.answer("a", 2)
    hear(answer)
    edit(said, after)
    correct(answer, 3, words="Slow.")
    hear(answer)
    assert "improved" not in sweep(said)
    assert task(said, answer) == ("open", None)


@pytest.mark.parametrize("before", ["default", LOW])
def test_a_better_answer_still_ends_it_under_the_new_plan(said: Said, before: Any) -> None:
    edit(said, before)
    answer = said.answer("a", 2)
    hear(answer)
    edit(said, [])
    correct(answer, 7)
    hear(answer)
    assert task(said, answer) == ("closed", "answer improved")


def test_a_task_stays_that_the_new_plan_wants(said: Said) -> None:
    edit(said, "default")
    answer = said.answer("a", 2)
    hear(answer)
    edit(said, "external_client")
    correct(answer, 7, words="Slow.")
    hear(answer, times=2)
    assert task(said, answer) == ("open", None)
    assert said.heed.call("GET", f"/v1/tasks/{answer}").json_body["history"] == []


def test_a_task_that_opens_again_is_one_of_the_plan_of_that_day(said: Said) -> None:
    edit(said, LOW)
    answer = said.answer("a", 2)
    hear(answer)
    edit(said, "default")
    for score, state in ((9, "closed"), (6, "open")):
        correct(answer, score)
        hear(answer)
        assert task(said, answer)[0] == state
    edit(said, [])
    correct(answer, 5)
    hear(answer)
    assert "improved" not in sweep(said)
    assert task(said, answer) == ("open", None)
