"""The sweep makes up for the lost event of a task: whose it is gets the e-mail, once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.functional.conftest import Heed
from tests.functional.house.test_sweep import sweep
from tests.support.answers import NOON
from tests.support.telling import DESK, Desk

AN_HOUR = timedelta(minutes=61)
QUEUE = {"owner_rule": "queue", "owner": None}


@pytest.fixture
def desk(heed: Heed) -> Iterator[Desk]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Desk(heed, clock)


def test_the_owner_of_whom_the_event_was_lost_is_told_once(desk: Desk) -> None:
    desk.opens("a")
    assert "task_letter" not in sweep()["found"], "the event may still come"
    desk.said.clock.shift(AN_HOUR)
    assert sweep(hours=3)["found"]["task_letter"] == 2  # of which one is the reminder
    assert (desk.told("task_opened"), desk.told("task_soon")) == (["olav"], ["olav"])
    desk.tell()  # it comes after all
    assert "task_letter" not in sweep()["found"]
    assert desk.told("task_opened") == ["olav"]


def test_whoever_was_told_is_not_told_again(desk: Desk) -> None:
    desk.set(**QUEUE)
    desk.opens("a")
    desk.tell()
    desk.send()
    desk.set(
        **QUEUE, people=[{"id": "new", "name": "New", "email": "new@example.com"}, *DESK["people"]]
    )
    desk.said.clock.shift(AN_HOUR)
    assert "task_letter" not in sweep()["found"]
    assert desk.told("task_opened") == ["kari", "olav"]


def test_a_task_on_which_somebody_acted_is_known(desk: Desk) -> None:
    noted, taken, closed = (desk.opens(name) for name in "abc")
    desk.patch(noted, note="Called her.")
    desk.patch(taken, state="taken")
    desk.patch(closed, state="closed", cause="Wi-Fi")
    desk.said.clock.shift(AN_HOUR)
    assert "task_letter" not in sweep()["found"]
    assert desk.letters() == []


def test_a_task_that_opens_again_is_told_of_again(desk: Desk) -> None:
    task = desk.opens("a")
    desk.tell()
    desk.patch(task, state="closed", cause="Wi-Fi")
    desk.patch(task, state="open")
    desk.said.clock.shift(AN_HOUR)
    assert sweep()["found"]["task_letter"] == 1
    assert desk.told("task_opened") == ["olav", "olav"]
    assert "task_letter" not in sweep()["found"]


def test_a_task_that_was_given_back_is_no_new_one(desk: Desk) -> None:
    task = desk.opens("a")
    desk.tell()
    desk.patch(task, state="taken")
    desk.patch(task, state="open")
    desk.said.clock.shift(AN_HOUR)
    assert "task_letter" not in sweep()["found"]


def test_words_whose_event_was_lost_are_mailed_to_their_person_once(desk: Desk) -> None:
    told, kept = desk.opens("a"), desk.opens("b")
    desk.patch(told, state="closed", cause="Wi-Fi", tell="It works again.")
    desk.patch(kept, state="closed", cause="Wi-Fi", note="Called her.")
    assert "closing" not in sweep()["found"], "the event may still come"
    desk.said.clock.shift(AN_HOUR)
    assert sweep()["found"]["closing"] == 1
    (letter,) = desk.letters("closing")
    assert letter["about"] == told
    assert "closing" not in sweep()["found"]
