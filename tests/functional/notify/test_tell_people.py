"""Who is told of a task, when, and once."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

import app
from chalicelib import moments
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_corrected_answers import correct
from tests.support.answers import NOON
from tests.support.tasks import hear
from tests.support.telling import KARI, OLAV, Desk

CLOSED = {"state": "closed", "cause": "Wi-Fi"}


@pytest.fixture
def desk(heed: Heed) -> Iterator[Desk]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Desk(heed, clock)


def test_the_owner_is_told_once_and_reminded_before_the_task_is_due(desk: Desk) -> None:
    desk.opens("a")
    (event,) = desk.events()
    desk.tell(event, event)
    assert (desk.told("task_opened"), desk.told("task_soon")) == (["olav"], ["olav"])
    (soon,) = desk.letters("task_soon")
    # The last quarter of 24 hours.
    assert (soon["status"], soon["due_at"]) == (
        "waiting",
        moments.to_text(moments.now() + timedelta(hours=18)),
    )


def test_a_task_without_an_owner_is_told_to_each_of_the_team(desk: Desk) -> None:
    desk.set(owner_rule="queue", owner=None)
    desk.opens("a")
    desk.tell()
    assert desk.told("task_opened") == desk.told("task_soon") == ["kari", "olav"]
    desk.send()
    assert [sent.recipient for sent in desk.mailer.sent] == ["kari@example.com", "olav@example.com"]


def test_whose_it_is_next_is_told_and_whose_it_was_is_not(desk: Desk) -> None:
    task = desk.opens("a")
    opened = desk.events()
    desk.patch(task, owner="kari")
    handed_on = desk.events()
    desk.tell(*handed_on, *opened, *handed_on)
    assert (desk.told("task_opened"), desk.told("task_handed_on")) == (["olav"], ["kari"])
    desk.send()
    assert desk.became("task_opened") == ["owner_changed"]
    assert desk.became("task_handed_on") == ["sent"]


def test_a_task_that_comes_back_to_somebody_is_told_again_and_reminds_once(desk: Desk) -> None:
    task = desk.opens("a")
    desk.tell()
    for owner in ("kari", "olav", "kari"):
        desk.patch(task, owner=owner)
        desk.tell()
    assert desk.told("task_handed_on") == ["kari", "kari", "olav"]
    assert desk.told("task_soon") == ["kari", "olav"]


def test_an_overdue_task_is_told_to_its_owner_and_to_who_leads(desk: Desk) -> None:
    desk.opens("a")
    desk.tell()
    desk.said.clock.shift(timedelta(hours=18, minutes=1))
    app.tick({}, Clock())
    desk.send()
    desk.said.clock.shift(timedelta(hours=6))
    app.tick({}, Clock())
    (event,) = desk.events()
    desk.tell(event, event)
    desk.send()
    assert event["detail-type"] == "TaskOverdue"
    assert desk.told("task_overdue") == ["kari", "olav"]
    assert desk.became("task_soon") == ["sent"]
    assert desk.became("task_overdue") == ["sent", "sent"]


def test_where_nobody_leads_and_nobody_owns_it_all_hear_that_it_is_overdue(desk: Desk) -> None:
    desk.set(people=[KARI | {"role": "member"}, OLAV], owner_rule="queue", owner=None)
    desk.opens("a")
    desk.said.clock.shift(timedelta(hours=25))
    app.tick({}, Clock())
    desk.tell({"detail-type": "TaskOverdue", "detail": overdue(desk)})
    assert desk.told("task_overdue") == ["kari", "olav"]


def overdue(desk: Desk) -> dict[str, str]:
    (task,) = desk.heed.items("TASK")
    return {"id": "event", "task": task["id"], "due_at": task["due_at"]}


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_task_that_is_opened_again_is_told_again(desk: Desk, by_hand: bool) -> None:
    task = desk.opens("a")
    desk.tell()
    for score in (9, 1):
        desk.said.clock.shift(timedelta(hours=1))
        if by_hand:
            desk.patch(task, **CLOSED if score == 9 else {"state": "open"})
        else:
            correct(task, score)
            hear(task)
        events = desk.events()
        desk.tell(*events, *events)
    desk.send()
    assert [event["detail-type"] for event in events] == ["TaskOpened"]
    assert desk.became("task_opened") == ["sent", "sent"]


def test_nothing_is_sent_of_a_task_that_was_closed_meanwhile(desk: Desk) -> None:
    task = desk.opens("a")
    desk.tell()
    desk.patch(task, **CLOSED)
    desk.said.clock.shift(timedelta(hours=19))
    app.tick({}, Clock())
    desk.send()
    assert desk.became("task_opened") == desk.became("task_soon") == ["task_closed"]
    assert desk.mailer.sent == []


def test_nobody_is_reminded_of_a_task_that_waits(desk: Desk) -> None:
    task = desk.opens("a")
    desk.tell()
    until = moments.to_text(moments.now() + timedelta(hours=20))
    desk.patch(task, state="waiting", until=until)
    desk.said.clock.shift(timedelta(hours=19))
    app.tick({}, Clock())
    desk.send()
    (soon,) = desk.letters("task_soon")
    assert (soon["status"], soon["put_off"], soon["due_at"]) == ("waiting", "task_waits", until)


def test_who_has_left_the_team_is_not_told(desk: Desk) -> None:
    desk.opens("a")
    desk.tell()
    desk.set(people=[KARI], owner="kari")
    desk.send()
    assert desk.became("task_opened") == ["left_the_team"]


def test_one_of_a_queue_takes_it_and_the_others_need_not_know(desk: Desk) -> None:
    desk.set(owner_rule="queue", owner=None)
    task = desk.opens("a")
    desk.tell()
    desk.patch(task, state="taken")
    desk.send()
    assert desk.became("task_opened") == ["task_taken", "task_taken"]


@pytest.mark.parametrize(
    ("people", "team", "reason"), [([], "desk", "no_people"), ([KARI], None, "no_team")]
)
def test_where_nobody_is_told_the_log_says_why(
    desk: Desk, log_lines: io.StringIO, people: list[object], team: str | None, reason: str
) -> None:
    desk.set(people=people, owner_rule="queue", owner=None)
    desk.said.put(task_team=team)
    desk.opens("a")
    desk.tell()
    assert desk.letters() == []
    assert f'"reason":"{reason}"' in log_lines.getvalue()


def test_of_a_task_that_was_erased_or_closed_before_the_event_came_nobody_is_told(
    desk: Desk,
) -> None:
    task = desk.opens("a")
    (event,) = desk.events()
    desk.patch(task, **CLOSED)
    gone = event | {"detail": event["detail"] | {"task": "gone"}}
    desk.tell(event, gone)
    assert desk.letters() == []
