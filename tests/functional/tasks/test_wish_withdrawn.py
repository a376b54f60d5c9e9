"""Who asked to be contacted may think better of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

import app
from chalicelib import moments
from chalicelib.publish import events_of
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.answers import NOON, Said
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.tasks import hear

GONE = "contact no longer wished"


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Said(heed, clock)


def say(said: Said, answer: str, score: int, contact: bool | None = None) -> None:
    said.clock.shift(timedelta(seconds=1))
    now, needs = moments.now(), responses_wiring.record_needs()
    given = Answer(score, contact=contact)
    record_response(answer, given, new_operation(now), "UTC", now, needs)


def shown(said: Said, answer: str) -> dict[str, Any]:
    task: dict[str, Any] = said.heed.call("GET", f"/v1/tasks/{answer}").json_body
    return task


def did(said: Said, answer: str) -> list[str]:
    return [entry["what"] for entry in shown(said, answer)["history"]]


@pytest.fixture
def wished(said: Said) -> str:
    answer = said.answer("a", 9)
    say(said, answer, 9, contact=True)
    hear(answer)
    assert shown(said, answer)["state"] == "open"
    return answer


def test_a_task_of_the_wish_alone_ends_with_it_and_counts_as_no_work(
    said: Said, wished: str
) -> None:
    say(said, wished, 9, contact=False)
    hear(wished, times=2)
    task = shown(said, wished)
    assert (task["state"], task["cause"], did(said, wished)) == ("closed", GONE, ["withdrawn"])
    loop = said.heed.call("GET", f"/v1/surveys/{SURVEY.id}/loop").json_body
    assert (loop["tasks"]["improved"], loop["tasks"]["closed"], loop["causes"]) == (1, 0, [])
    assert tallied(said.heed.stored()) == recounted(said.heed.stored())


def test_somebody_who_has_taken_it_reads_so_and_keeps_it(said: Said, wished: str) -> None:
    said.heed.call("PATCH", f"/v1/tasks/{wished}", {"state": "taken"})
    say(said, wished, 9, contact=False)
    hear(wished, times=2)
    assert shown(said, wished)["state"] == "taken"
    assert did(said, wished) == ["taken", "withdrawn"]


def test_who_asks_again_gets_the_task_again(said: Said, wished: str) -> None:
    for contact in (False, True):
        said.clock.shift(timedelta(hours=30))
        say(said, wished, 9, contact)
        hear(wished, times=2)
    task, due = shown(said, wished), moments.to_text(moments.now() + timedelta(hours=24))
    assert (task["state"], task["due_at"]) == ("open", due)
    assert did(said, wished) == ["withdrawn", "opened_again"]


@pytest.mark.parametrize("score", [0, 6])
def test_the_task_of_an_unhappy_answer_does_not_end_with_a_wish(said: Said, score: int) -> None:
    answer = said.answer("a", score)
    for contact in (True, False):
        say(said, answer, score, contact)
        hear(answer)
    assert (shown(said, answer)["state"], did(said, answer)) == ("open", [])


@pytest.mark.parametrize("scores", [(2, 9, 9), (2, 2, 9)])
def test_an_unhappy_answer_that_ends_otherwise_has_improved(
    said: Said, scores: tuple[int, int, int]
) -> None:
    answer = said.answer("a", scores[0])
    hear(answer)
    say(said, answer, scores[1], contact=True)
    hear(answer)
    assert shown(said, answer)["state"] == "open"
    say(said, answer, scores[2], contact=False)
    hear(answer)
    assert shown(said, answer)["cause"] == "answer improved"


def test_the_rules_of_the_bus_hear_of_a_wish_that_is_gone(said: Said, wished: str) -> None:
    (before,) = said.heed.items("RESPONSE")
    say(said, wished, 10, contact=False)
    (after,) = said.heed.items("RESPONSE")
    (changed,) = events_of({"id": "event", "occurred_at": "now"}, before, after)
    told = changed.model_dump()
    assert (told["wishes_contact"], told["wished_contact"]) == (False, True)


def test_a_sweep_ends_the_task_when_no_event_came(said: Said, wished: str) -> None:
    say(said, wished, 9, contact=False)
    said.clock.shift(timedelta(hours=1))
    assert app.sweep({}, Clock(800_000))["found"]["improved"] == 1
    assert shown(said, wished)["cause"] == GONE


def test_an_older_form_that_comes_late_brings_no_wish_back(said: Said, wished: str) -> None:
    said.clock.shift(timedelta(seconds=5))
    pressed = moments.now() - timedelta(seconds=2)
    say(said, wished, 9, contact=False)
    now, needs = moments.now(), responses_wiring.record_needs()
    late = Answer(9, contact=True, pressed_at=pressed)
    record_response(wished, late, new_operation(now), "UTC", now, needs)
    assert "contact" not in said.heed.items("RESPONSE")[0]
