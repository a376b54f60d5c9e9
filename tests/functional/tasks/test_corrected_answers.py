"""An answer that is corrected opens its task, or ends it; who asks to be called is called."""

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


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Said(heed, clock)


def correct(answer: str, score: int, contact: bool | None = None, words: str | None = None) -> None:
    now, needs = moments.now(), responses_wiring.record_needs()
    corrected = Answer(score, words, contact=contact)
    record_response(answer, corrected, new_operation(now), "UTC", now, needs)


def shown(said: Said, answer: str) -> dict[str, Any]:
    task: dict[str, Any] = said.heed.call("GET", f"/v1/tasks/{answer}").json_body
    return task


def test_a_nine_corrected_to_two_opens_a_task_due_from_the_correction(said: Said) -> None:
    answer = said.answer("a", 9)
    hear(answer)
    assert said.heed.items("TASK") == []
    said.clock.shift(timedelta(days=3))
    correct(answer, 2)
    hear(answer)
    due = moments.to_text(moments.now() + timedelta(hours=24))
    assert (shown(said, answer)["state"], shown(said, answer)["due_at"]) == ("open", due)


def test_a_two_corrected_to_nine_closes_its_task_and_fixes_no_cause(said: Said) -> None:
    answer = said.answer("a", 2)
    hear(answer)
    correct(answer, 9)
    hear(answer, times=2)
    task = shown(said, answer)
    assert (task["state"], task["cause"], task["fixed"]) == ("closed", "answer improved", False)
    assert [(entry["by"], entry["what"]) for entry in task["history"]] == [("heed", "improved")]
    assert tallied(said.heed.stored()) == recounted(said.heed.stored())


def test_who_has_taken_the_task_decides_what_a_better_answer_means(said: Said) -> None:
    answer = said.answer("a", 2)
    hear(answer)
    said.heed.call("PATCH", f"/v1/tasks/{answer}", {"state": "taken"})
    correct(answer, 9)
    hear(answer, times=2)
    task = shown(said, answer)
    assert task["state"] == "taken"
    assert [entry["what"] for entry in task["history"]] == ["taken", "improved"]


def test_a_task_that_was_closed_stays_as_its_team_closed_it(said: Said) -> None:
    answer = said.answer("a", 2)
    hear(answer)
    said.heed.call("PATCH", f"/v1/tasks/{answer}", {"state": "closed", "cause": "Wi-Fi"})
    for score in (9, 1):
        correct(answer, score)
        hear(answer)
        assert (shown(said, answer)["state"], shown(said, answer)["cause"]) == ("closed", "Wi-Fi")


def test_two_nine_and_two_again_is_an_open_task(said: Said) -> None:
    answer = said.answer("a", 2)
    hear(answer)
    for score in (9, 1):
        said.clock.shift(timedelta(hours=30))
        correct(answer, score)
        hear(answer, times=2)
    task = shown(said, answer)
    assert (task["state"], task["due_at"]) == (
        "open",
        moments.to_text(moments.now() + timedelta(hours=24)),
    )
    assert [entry["what"] for entry in task["history"]] == ["improved", "opened_again"]
    app.tick({}, Clock())
    assert not shown(said, answer)["overdue"]
    assert tallied(said.heed.stored()) == recounted(said.heed.stored())


@pytest.mark.parametrize("score", [0, 8, 10])
def test_who_asks_to_be_called_gets_a_task_in_every_band(said: Said, score: int) -> None:
    answer = said.answer("a", 9)
    correct(answer, score, contact=True)
    hear(answer)
    assert shown(said, answer)["state"] == "open"
    correct(answer, 10)
    hear(answer)
    assert shown(said, answer)["state"] == "open"


def test_who_is_happy_and_asks_to_be_called_gets_no_mail_of_a_bad_answer(said: Said) -> None:
    answer = said.answer("a", 9)
    correct(answer, 9, contact=True)
    app.plan_effects({"detail": {"id": "event", "response": answer}}, Clock())
    assert said.heed.items("FOLLOWUP") == []


def test_events_say_who_wishes_to_be_called_and_what_the_answer_was(said: Said) -> None:
    answer = said.answer("a", 2)
    (before,) = said.heed.items("RESPONSE")
    correct(answer, 9, contact=True)
    (after,) = said.heed.items("RESPONSE")
    facts = {"id": "event", "occurred_at": "now"}
    (first,) = events_of(facts, {}, before)
    (changed,) = events_of(facts, before, after)
    assert (first.name, first.model_dump()["wishes_contact"]) == ("ResponseRecorded", False)
    told = changed.model_dump()
    assert (told["was"], told["band"], told["wishes_contact"]) == ("detractor", "promoter", True)


def test_a_sweep_finds_what_no_event_told(said: Said) -> None:
    better, wished, kept = said.answer("a", 2), said.answer("b", 9), said.answer("c", 2)
    hear(better)
    hear(kept)
    said.clock.shift(timedelta(minutes=1))
    correct(better, 9)
    correct(wished, 9, contact=True)
    said.clock.shift(timedelta(hours=1))
    found = app.sweep({}, Clock(800_000))["found"]
    assert {name: found[name] for name in ("improved", "task")} == {"improved": 1, "task": 1}
    assert shown(said, better)["cause"] == "answer improved"
    assert (shown(said, wished)["state"], shown(said, kept)["state"]) == ("open", "open")
    assert "improved" not in app.sweep({}, Clock(800_000))["found"]


def test_what_was_done_before_it_improved_is_no_answer_to_what_is_bad_again(said: Said) -> None:
    answer = said.answer("a", 2)
    hear(answer)
    said.heed.call("PATCH", f"/v1/tasks/{answer}", {"note": "Nobody answers."})
    assert loop_of(said)["tasks"]["touched"] == 1
    for score in (9, 3):
        said.clock.shift(timedelta(hours=30))
        correct(answer, score)
        hear(answer)
    assert shown(said, answer)["state"] == "open"
    told = loop_of(said)
    assert (told["tasks"]["touched"], told["touched_in_time"]["count"]) == (0, 0)
    said.clock.shift(timedelta(hours=25))
    said.heed.call("PATCH", f"/v1/tasks/{answer}", {"state": "taken"})
    told = loop_of(said)
    assert told["tasks"]["touched"] == 1
    assert (told["touched_in_time"]["count"], told["touched_in_time"]["of"]) == (0, 1)
    assert tallied(said.heed.stored()) == recounted(said.heed.stored())


def loop_of(said: Said) -> Any:
    return said.heed.call("GET", f"/v1/surveys/{SURVEY.id}/loop").json_body
