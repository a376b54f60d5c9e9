"""Whoever presses a button sees the task as it was: what was done meanwhile stays."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.errors import CauseRefused
from chalicelib.tasks.change_task import add_task, change_if_undone, change_task
from chalicelib.tasks.task import CLOSED, OPEN, TAKEN, WAITING, Change, Task
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, task_needs

DUE = NOW + timedelta(hours=24)


class Desk:
    def __init__(self) -> None:
        self.needs = task_needs(FakeTable())
        add_task(Task("one", SURVEY.id, "Desk", None, NOW, DUE, "2026-11-20"), self.needs)

    def presses(self, who: str, state: str, cause: str | None = None) -> Task:
        return change_if_undone("one", Change(state, cause), who, NOW, self.needs)

    def says(self, state: str, **said: object) -> Task:
        change = Change(state, **said)  # type: ignore[arg-type]
        return change_task("one", change, "key", NOW, self.needs)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def history(task: Task) -> list[tuple[str, str]]:
    return [(entry.by, entry.what) for entry in task.history]


def test_the_first_who_takes_a_task_has_it(desk: Desk) -> None:
    desk.presses("slack:U1", TAKEN)
    assert history(desk.presses("slack:U2", TAKEN)) == [("slack:U1", "taken")]


def test_a_task_that_waits_can_be_taken_up_again(desk: Desk) -> None:
    desk.says(WAITING, until=NOW + timedelta(hours=1))
    assert history(desk.presses("slack:U1", TAKEN))[-1] == ("slack:U1", "taken")


def test_a_closed_task_keeps_its_cause(desk: Desk) -> None:
    desk.presses("slack:U1", CLOSED, "No answer")
    again = desk.presses("slack:U2", CLOSED, "Wrong fix")
    assert again.closing is not None
    assert again.closing.cause == "No answer"
    assert desk.presses("slack:U2", TAKEN) == again


def test_a_task_that_was_opened_again_can_be_taken(desk: Desk) -> None:
    desk.says(CLOSED, cause="No answer")
    desk.says(OPEN)
    assert desk.presses("slack:U1", TAKEN).is_taken


def test_a_cause_that_is_not_listed_is_refused(desk: Desk) -> None:
    desk.needs = task_needs(desk.needs.tasks._table, replace(SURVEY, causes=["A"]))
    with pytest.raises(CauseRefused):
        desk.presses("slack:U1", CLOSED, "B")
