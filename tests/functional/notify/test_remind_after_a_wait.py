"""A reminder that falls into a wait comes when the wait is over, and once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

import app
from chalicelib import moments
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.answers import NOON
from tests.support.telling import Desk


@pytest.fixture
def desk(heed: Heed) -> Iterator[Desk]:
    """A task that is due in 24 hours; its owner is to be reminded after 18."""
    with time_machine.travel(NOON, tick=False) as clock:
        made = Desk(heed, clock)
        made.opens("a")
        made.tell()
        yield made


def pass_to(desk: Desk, hours: float) -> None:
    desk.said.clock.move_to(moments.from_text(opened(desk)) + timedelta(hours=hours))
    app.tick({}, Clock())
    desk.send()


def opened(desk: Desk) -> str:
    return str(desk.heed.items("TASK")[0]["created_at"])


def wait(desk: Desk, until: float) -> None:
    """In hours from the opening on."""
    moment = moments.from_text(opened(desk)) + timedelta(hours=until)
    patch(desk, state="waiting", until=moments.to_text(moment))


def patch(desk: Desk, **changes: object) -> None:
    (task,) = desk.heed.items("TASK")
    desk.patch(task["id"], **changes)
    events = desk.events()
    for _ in range(2):
        for event in events:
            desk.tell(event)


def test_a_wait_that_ends_by_time_is_followed_by_the_reminder(desk: Desk) -> None:
    wait(desk, 20)
    pass_to(desk, 19)
    assert desk.became("task_soon") == ["waiting"]
    for hour in (20.1, 21, 23):
        pass_to(desk, hour)
    assert desk.became("task_soon") == ["sent"]


@pytest.mark.parametrize("until", [20, 23.9, 30, 300])
@pytest.mark.parametrize("change", [{"state": "taken"}, {"state": "open"}])
def test_a_wait_that_somebody_ends_is_followed_by_it_at_once(
    desk: Desk, until: float, change: dict[str, str]
) -> None:
    wait(desk, until)
    pass_to(desk, 18.5)
    desk.said.clock.move_to(moments.from_text(opened(desk)) + timedelta(hours=19))
    patch(desk, **change)
    pass_to(desk, 19.1)
    assert desk.became("task_soon") == ["sent"]
    sent = len(desk.mailer.sent)
    pass_to(desk, 23)
    assert len(desk.mailer.sent) == sent


def test_a_wait_that_ends_before_the_reminder_leaves_it_where_it_was(desk: Desk) -> None:
    (before,) = desk.letters("task_soon")
    wait(desk, 10)
    pass_to(desk, 5)
    patch(desk, state="taken")
    assert desk.letters("task_soon") == [before]
    pass_to(desk, 18.1)
    assert desk.became("task_soon") == ["sent"]


def test_a_shorter_and_a_longer_wait_move_it(desk: Desk) -> None:
    wait(desk, 30)
    pass_to(desk, 18.5)
    wait(desk, 22)
    pass_to(desk, 21)
    assert desk.became("task_soon") == ["waiting"]
    wait(desk, 23)
    pass_to(desk, 22.5)
    assert desk.became("task_soon") == ["waiting"]
    pass_to(desk, 23.1)
    assert desk.became("task_soon") == ["sent"]


def test_who_was_reminded_before_the_wait_is_not_reminded_after_it(desk: Desk) -> None:
    pass_to(desk, 18.1)
    wait(desk, 20)
    patch(desk, state="taken")
    pass_to(desk, 21)
    sent = len(desk.mailer.sent)
    pass_to(desk, 23)
    assert (desk.became("task_soon"), len(desk.mailer.sent)) == (["sent"], sent)


def test_a_wait_beyond_the_due_time_ends_with_the_mail_that_it_is_overdue(desk: Desk) -> None:
    wait(desk, 30)
    pass_to(desk, 18.5)
    pass_to(desk, 24.1)
    assert desk.became("task_soon") == ["overdue"]
    desk.tell()
    assert desk.told("task_overdue") == ["kari", "olav"]


def test_a_wait_that_ends_by_night_is_followed_by_it_in_the_morning(desk: Desk) -> None:
    """Of the 18 hours to come, some are night in this calendar."""
    hours = {day: ["08:00-16:00"] for day in ("friday", "saturday", "sunday", "monday")}
    desk.set(calendar={"tz": "UTC", "hours": hours, "country": None})
    wait(desk, 20)
    pass_to(desk, 19)
    (soon,) = desk.letters("task_soon")
    assert soon["due_at"] == "2026-11-21T08:01:00.000Z"
    pass_to(desk, 20.5)
    assert desk.became("task_soon") == ["sent"]


def test_a_task_that_was_closed_at_that_time_reminds_once_it_is_open_again(desk: Desk) -> None:
    patch(desk, state="closed", cause="Wi-Fi")
    pass_to(desk, 18.5)
    assert desk.became("task_soon") == ["task_closed"]
    patch(desk, state="open")
    (soon,) = desk.letters("task_soon")
    # Of the five and a half hours that are left, the last quarter.
    hours = 18.5 + 5.5 * 0.75
    expected = moments.from_text(opened(desk)) + timedelta(hours=hours)
    assert (soon["status"], soon["due_at"]) == ("waiting", moments.to_text(expected))
    for hour in (hours + 0.1, 23.5):
        pass_to(desk, hour)
    assert desk.became("task_soon") == ["sent"]


def test_a_task_that_was_somebody_else_s_at_that_time_reminds_whose_it_is_again(
    desk: Desk,
) -> None:
    patch(desk, owner="kari")
    pass_to(desk, 18.5)
    assert desk.became("task_soon") == ["sent", "owner_changed"]
    patch(desk, owner="olav")
    pass_to(desk, 23)
    assert desk.became("task_soon") == ["sent", "sent"]
