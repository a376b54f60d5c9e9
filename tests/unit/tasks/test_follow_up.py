"""Detractors: one task, one follow-up, and none when the answer improves in time."""

from datetime import timedelta

import pytest

from chalicelib import keys
from chalicelib.mail.send import FOLLOW_UP, send
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer, Response
from chalicelib.tasks.change_task import add_task
from chalicelib.tasks.follow_up import reason_not_to_follow_up
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import task_for
from tests.support.fakes import FakeTable
from tests.support.follow_ups import put_follow_up
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, SURVEY, recording, stored_invitation, task_needs
from tests.support.ticks import release_due


def no_response(response: str) -> None:
    raise AssertionError("no response settles here")


LATER = NOW + timedelta(minutes=10)


class Loop:
    def __init__(self) -> None:
        self.table, self.mailer = FakeTable(), FakeMailer()
        self.id = stored_invitation(self.table).id
        self.response = self.answer(3, "Three people asked me the same.")
        put_follow_up(self.table, self.response, NOW)

    def answer(self, score: int, comment: str | None = None, minutes: int = 0) -> Response:
        now = NOW + timedelta(minutes=minutes)
        return record_response(
            self.id, Answer(score, comment), new_operation(now), "UTC", now, recording(self.table)
        )

    def send(self) -> str:
        release_due(self.table, LATER, no_response)
        return send(FOLLOW_UP, self.id, LATER, sending(self.table, self.mailer))

    @property
    def reason(self) -> str | None:
        reason: str | None = self.table.items[keys.follow_up(self.id)].get("reason")
        return reason


@pytest.fixture
def loop() -> Loop:
    return Loop()


def test_a_follow_up_waits_ten_minutes_and_then_brings_the_words(loop: Loop) -> None:
    assert release_due(loop.table, LATER - timedelta(seconds=1), no_response) == 0
    assert loop.send() == "sent"
    (sent,) = loop.mailer.sent
    assert b"Three people asked me the same." in sent.raw


def test_the_same_event_again_is_no_second_follow_up(loop: Loop) -> None:
    loop.send()
    put_follow_up(loop.table, loop.response, LATER)
    assert release_due(loop.table, LATER + timedelta(days=1), no_response) == 0
    assert loop.send() == "settled"
    assert len(loop.mailer.sent) == 1


def test_an_answer_that_improved_is_left_alone(loop: Loop) -> None:
    loop.answer(9, minutes=5)
    assert loop.send() == "suppressed"
    assert loop.reason == "not_wanted"


def test_an_erased_answer_is_left_alone(loop: Loop) -> None:
    erase_response(loop.id, new_operation(NOW), NOW, recording(loop.table))
    assert loop.send() == "suppressed"
    assert loop.reason == "erased"


def test_who_unsubscribed_gets_no_follow_up(loop: Loop) -> None:
    loop.table.items[keys.person(loop.response.person or "")] = {
        **keys.person(loop.response.person or "").as_item(),
        "unsubscribed_at": "2026",
    }
    assert loop.send() == "suppressed"
    assert loop.reason == "unsubscribed"


def test_who_left_the_survey_gets_no_follow_up(loop: Loop) -> None:
    person = keys.person(loop.response.person or "")
    loop.table.items[person] = {**person.as_item(), f"left_{SURVEY.id}": "2026"}
    assert loop.send() == "suppressed"
    assert loop.reason == "unsubscribed_from_survey"


def test_only_detractors_are_followed_up(loop: Loop) -> None:
    said = [loop.answer(score, minutes=score) for score in (0, 6, 7, 9)]
    reasons = [reason_not_to_follow_up(SURVEY, response) for response in said]
    assert reasons == [None, None, "not_wanted", "not_wanted"]


def test_one_response_is_one_task_due_a_day_after_the_answer(loop: Loop) -> None:
    tasks = TaskStore(loop.table)
    for delay in (0, 3):
        task = task_for(loop.response, SURVEY, NOW + timedelta(hours=delay))
        add_task(task, task_needs(loop.table))
    found, _ = tasks.page("open", 10, None)
    assert [(task.id, task.due_at) for task in found] == [(loop.id, NOW + timedelta(hours=24))]


def test_a_task_becomes_overdue_once_and_stays_listed(loop: Loop) -> None:
    tasks = TaskStore(loop.table)
    add_task(task_for(loop.response, SURVEY, NOW), task_needs(loop.table))
    release_due(loop.table, LATER, no_response)
    late = NOW + timedelta(hours=25)
    assert release_due(loop.table, late, no_response) == 1
    assert release_due(loop.table, late, no_response) == 0
    found, _ = tasks.page("open", 10, None)
    assert found[0].overdue


def test_two_ticks_at_once_take_an_item_once(loop: Loop) -> None:
    taken: list[int] = []

    def slip_in(operation: str) -> None:
        if operation == "write":
            loop.table.before = lambda _: None
            taken.append(release_due(loop.table, LATER, no_response))

    loop.table.before = slip_in
    taken.append(release_due(loop.table, LATER, no_response))
    assert taken == [1, 0]
