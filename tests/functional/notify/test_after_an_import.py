"""What was imported was told of in the stack that it comes from: nothing is told twice, and what
lies ahead comes here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

import app
from chalicelib import moments, wiring
from chalicelib.table import Delete, Put, key_of
from infra.importing import _let_go, arrived
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_corrected_answers import correct
from tests.support.answers import NOON
from tests.support.tasks import hear
from tests.support.telling import Desk, change_survey

LEFT_BEHIND = ("LETTER", "DELIVERY")


@pytest.fixture
def desk(heed: Heed) -> Iterator[Desk]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Desk(heed, clock)


def imported(desk: Desk) -> None:
    """All that there is, as an import brings it, an hour after it happened."""
    desk.said.clock.shift(timedelta(hours=1))
    for item in desk.heed.stored():
        if item["SK"] in LEFT_BEHIND:
            wiring.table().write(Delete(key_of(item)))
        elif item["SK"] in ("TASK", "RESPONSE", "INVITE"):
            wiring.table().write(Put(arrived(item, moments.now(), alone=False)))
    _let_go(wiring.table())
    desk.before = {item["id"]: item for item in desk.heed.items("TASK")}


def sweep(desk: Desk, hours: float = 1) -> Any:
    desk.said.clock.shift(timedelta(hours=hours))
    return app.sweep({}, Clock(800_000))["found"]


def pass_hours(desk: Desk, hours: float) -> None:
    desk.said.clock.shift(timedelta(hours=hours))
    app.tick({}, Clock())
    desk.tell(*desk.events())
    desk.send()


@pytest.mark.parametrize("change", [{}, {"state": "taken"}])
def test_an_imported_task_reminds_and_is_overdue_as_any_other(
    desk: Desk, change: dict[str, str]
) -> None:
    task = desk.opens("a")
    if change:
        desk.patch(task, **change)
    imported(desk)
    for _ in range(2):
        assert "task_letter" not in sweep(desk)
    assert [item["kind"] for item in desk.letters()] == ["task_soon"]
    (soon,) = desk.letters()
    # It is due 24 hours after the answer, and 22 are left.
    assert soon["due_at"] == moments.to_text(NOON + timedelta(minutes=1, hours=2 + 22 * 0.75))
    pass_hours(desk, 15.6)
    assert desk.became("task_soon") == ["sent"]
    pass_hours(desk, 6)
    assert desk.told("task_overdue") == ["kari", "olav"]


def test_of_one_that_was_due_before_nobody_is_mailed(desk: Desk) -> None:
    desk.opens("a")
    desk.said.clock.shift(timedelta(hours=24))
    imported(desk)
    pass_hours(desk, 0.1)
    assert desk.heed.items("TASK")[0]["overdue"] is True
    sweep(desk)
    assert desk.letters() == []


def test_of_a_closed_one_nobody_is_reminded(desk: Desk) -> None:
    task = desk.opens("a")
    desk.patch(task, state="closed", cause="Wi-Fi")
    imported(desk)
    sweep(desk)
    assert desk.letters() == []


def test_no_ticket_is_told_again_what_it_was_told_before(desk: Desk) -> None:
    change_survey(plan="help_desk")
    answer = desk.said.answer("a", 2, "Slow.", hook="hook")
    hear(answer)
    assert len(desk.heed.items("DELIVERY")) == 1
    imported(desk)
    found = sweep(desk)
    assert (found.get("note_in_ticket"), desk.heed.items("DELIVERY")) == (None, [])
    correct(answer, 3, words="Very slow.")
    assert sweep(desk)["note_in_ticket"] == 1
    assert len(desk.heed.items("DELIVERY")) == 1


def test_a_ticket_is_told_by_the_sweep_what_no_event_told(desk: Desk) -> None:
    change_survey(plan="help_desk")
    desk.said.answer("a", 2, "Slow.", hook="hook")
    assert sweep(desk)["note_in_ticket"] == 1
    assert "note_in_ticket" not in sweep(desk)
