"""*Did this help?*: one tap in the letter about a closed task, judged as an answer is."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

import app
from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations.token import Link, Purpose, make_token
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import wiring
from chalicelib.tasks.change_task import rewrite
from chalicelib.tasks.course_items import ASKS_FOR
from chalicelib.tasks.task import answered_help
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_tasks import CLOSED, opened, patch
from tests.support.problems import problem
from tests.support.recount import recounted, tallied
from tests.support.samples import KEYS, SURVEY
from tests.support.tapping import MOUSE, PHONE, Mail
from tests.support.tasks import hear

TELL = "The new access point is up.\nPlease try again."
TOLD = {**CLOSED, "tell": TELL}


class Asked(Mail):
    """Whose unhappy answer opened a task, which is closed with words to them."""

    door = "h"

    def __init__(self, heed: Heed, clock: Any) -> None:
        super().__init__(heed, clock)
        answered(self.invitation.id)
        hear(self.invitation.id)
        self.close()

    def close(self) -> None:
        assert patch(self.heed, self.invitation.id, TOLD).status_code == 200
        self.token = link_to(self.invitation.id)
        self.clock.shift(timedelta(minutes=20))

    @property
    def task(self) -> Any:
        return self.heed.call("GET", f"/v1/tasks/{self.invitation.id}").json_body


def answered(response: str) -> None:
    now = moments.now()
    record_response(
        response, Answer(2), new_operation(now), "UTC", now, responses_wiring.record_needs()
    )


def link_to(task: str) -> str:
    link = Link(task, SURVEY.id, moments.now() + ASKS_FOR)
    return make_token(link, Purpose.HELPED, "a", KEYS)


@pytest.fixture
def asked(heed: Heed) -> Any:
    with time_machine.travel(moments.now().replace(minute=5), tick=False) as clock:
        yield Asked(heed, clock)


def said(asked: Asked) -> tuple[Any, str]:
    return asked.task["helped"], asked.task["state"]


def test_a_get_says_nothing(asked: Asked) -> None:
    before = asked.task
    for score in (0, 1, 0, 1):
        asked.open(score)
    assert asked.task == before


def test_a_tap_with_a_mouse_says_that_it_helped(asked: Asked) -> None:
    nonce = asked.open(1)
    assert "Heed-Recorded" not in asked.beacon(nonce, "hello").headers
    assert asked.beacon(nonce, "gesture", gesture=MOUSE).headers["Heed-Recorded"] == "yes"
    assert said(asked) == (True, "closed")
    assert asked.task["history"][-1]["what"] == "helped"
    assert tallied(asked.heed.stored()) == recounted(asked.heed.stored())


def test_a_no_opens_the_task_again_due_anew(asked: Asked) -> None:
    asked.clock.shift(timedelta(days=3))
    nonce = asked.open(0)
    asked.beacon(nonce, "hello")
    asked.beacon(nonce, "gesture", gesture=MOUSE)
    assert said(asked) == (False, "open")
    assert asked.task["due_at"] == moments.to_text(moments.now() + timedelta(hours=24))
    entry = asked.task["history"][-1]
    assert (entry["what"], entry["by"]) == ("not_helped", "person")
    assert tallied(asked.heed.stored()) == recounted(asked.heed.stored())


def test_who_was_answered_late_was_answered_late_however_it_goes_on(asked: Asked) -> None:
    late = opened("late")
    asked.clock.shift(timedelta(days=2))
    patch(asked.heed, late, TOLD)
    assert in_time(asked) == (1, 2)
    told_at = moments.from_text(asked.heed.call("GET", f"/v1/tasks/{late}").json_body["closed_at"])
    due_at = moments.now() + timedelta(hours=24)
    rewrite(
        late,
        None,
        lambda task: answered_help(task, told_at, False, due_at, moments.now()),
        wiring.change_task_needs(),
    )
    assert in_time(asked) == (1, 2)


def in_time(asked: Asked) -> tuple[int, int]:
    told = asked.heed.call("GET", f"/v1/surveys/{SURVEY.id}/loop").json_body["touched_in_time"]
    return told["count"], told["of"]


def test_a_tap_on_a_phone_counts_after_ten_minutes(asked: Asked) -> None:
    nonce = asked.open(0, PHONE)
    for kind in ("hello", "dwell", "leave"):
        asked.beacon(nonce, kind, PHONE, touch=True)
    assert said(asked) == (None, "closed")
    asked.clock.shift(timedelta(seconds=601))
    app.tick({}, Clock())
    assert said(asked) == (False, "open")


def test_a_scanner_says_nothing_however_often_it_looks(asked: Asked) -> None:
    for score in (0, 1):
        nonce = asked.open(score, "curl/8.5.0")
        asked.beacon(nonce, "hello", "curl/8.5.0", webdriver=True)
        answer = asked.send(nonce, score, "curl/8.5.0")
        assert "not confirmed yet" in answer.body.decode()
    asked.clock.shift(timedelta(hours=2))
    app.tick({}, Clock())
    assert said(asked) == (None, "closed")


def test_send_counts_and_a_no_that_was_a_mistake_is_taken_back(asked: Asked) -> None:
    nonce = asked.open(0)
    asked.clock.shift(timedelta(seconds=9))
    page = asked.send(nonce, 0)
    assert "is recorded" in page.body.decode()
    assert said(asked) == (False, "open")
    asked.clock.shift(timedelta(seconds=9))
    asked.send(asked.nonce(page), 1)
    assert said(asked) == (True, "open")


def test_a_no_opens_one_closing_once(asked: Asked) -> None:
    nonce = asked.open(0)
    asked.clock.shift(timedelta(seconds=9))
    page = asked.send(nonce, 0)
    patch(asked.heed, asked.invitation.id, CLOSED)
    for score in (1, 0):
        asked.clock.shift(timedelta(seconds=9))
        page = asked.send(asked.nonce(page), score)
    assert said(asked) == (False, "closed")


def test_the_link_of_an_earlier_closing_is_over(asked: Asked) -> None:
    earlier = asked.token
    patch(asked.heed, asked.invitation.id, {"state": "open"})
    asked.clock.shift(timedelta(hours=2))
    asked.close()
    assert asked.heed.http.get(f"/h/{earlier}/1").status_code == 404
    asked.open(1)


@pytest.mark.parametrize("tail", ["/2", "/x", "/evidence2"])
def test_a_wrong_answer_gets_the_page_of_every_wrong_link(asked: Asked, tail: str) -> None:
    assert asked.heed.http.get(f"/h/{asked.token}{tail}").status_code == 404


def test_nobody_is_asked_about_a_task_that_is_gone(asked: Asked) -> None:
    response = asked.invitation.id
    gone = asked.heed.call("DELETE", f"/v1/surveys/{SURVEY.id}/responses/{response}")
    assert gone.status_code == 204
    assert asked.heed.http.get(f"/h/{asked.token}/1").status_code == 404
    assert asked.heed.items("HELPED") == []


def test_words_are_told_once_for_each_closing(asked: Asked) -> None:
    task = asked.invitation.id
    assert (asked.task["tell"], asked.task["helped"]) == (TELL, None)
    assert patch(asked.heed, task, TOLD).status_code == 200
    other = patch(asked.heed, task, {"state": "closed", "tell": "Something else."})
    assert problem(other) == (409, "does-not-fit")
    assert [error["code"] for error in other.json_body["errors"]] == ["told_already"]


def test_nobody_is_told_of_a_sealed_survey(asked: Asked) -> None:
    task = asked.invitation.id
    patch(asked.heed, task, {"state": "open"})
    surveys_wiring.surveys().put(replace(SURVEY, identity="confidential"))
    answer = patch(asked.heed, task, TOLD)
    assert [error["code"] for error in answer.json_body["errors"]] == ["nobody_to_tell"]


def test_the_words_are_not_for_whoever_may_not_see_people(asked: Asked) -> None:
    key = asked.heed.make_key(Scope.TASKS_READ)
    (shown,) = asked.heed.call("GET", "/v1/tasks?state=closed", key=key).json_body["items"]
    assert shown["tell"] is None
