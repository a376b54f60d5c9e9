"""Invariant 1 for tasks: tally = recount after any sequence of opening, closing, other
causes, opening again, ticks, conflicts, crashes and lost answers; and no change is lost."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from chalicelib import ids, keys
from chalicelib.errors import HeedError
from chalicelib.surveys.cause import folded
from chalicelib.tasks.change_task import add_task, change_task, rewrite
from chalicelib.tasks.task import (
    CLOSED,
    OPEN,
    TAKEN,
    WAITING,
    Change,
    Task,
    answered_help,
)
from tests.support.counting import counted_again
from tests.support.fakes import FakeTable
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, task_needs
from tests.support.table_faults import plans, with_faults
from tests.support.ticks import release_due

SOUTH = replace(SURVEY, tz="Pacific/Auckland")
NAMES = [ids.derived_id(name) for name in ("one", "two", "three")]
CAUSES = ["Wi-Fi", "wi-fi", "Ordering | form", "鍵"]

names = st.sampled_from(NAMES)
said = st.sampled_from([None, True, False])
notes = st.sampled_from([None, "", "Called her."])
tells = st.sampled_from([None, "It works again."])
closings = st.builds(
    Change, st.just(CLOSED), st.sampled_from([None, *CAUSES]), said, notes, tell=tells
)
works = st.builds(Change, st.sampled_from([OPEN, TAKEN, None]), note=notes)
waits = st.builds(Change, st.just(WAITING), note=notes, until=st.just(NOW + timedelta(days=99)))
changes = st.one_of(closings, works, waits)


def new_task(task_id: str, now: datetime) -> Task:
    due_at = now + timedelta(hours=24)
    day = (now + timedelta(hours=13)).date().isoformat()  # Auckland's summer
    return Task(task_id, SOUTH.id, SOUTH.team, None, now, due_at, day)


class Loops(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.table, self.now = FakeTable(), NOW
        self.needs = task_needs(self.table, SOUTH)
        self.spelled: dict[str, str] = {}

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(name=names, plan=plans)
    def a_task_is_opened(self, name: str, plan: list[str | None]) -> None:
        with_faults(self.table, plan, lambda: add_task(new_task(name, self.now), self.needs))

    @rule(name=names, change=changes, plan=plans)
    def a_team_changes_it(self, name: str, change: Change, plan: list[str | None]) -> None:
        with_faults(self.table, plan, lambda: self.change(name, change))

    @rule(name=names, cause=st.sampled_from(CAUSES), fixed=said)
    def a_closing_without_faults_stands(self, name: str, cause: str, fixed: bool | None) -> None:
        add_task(new_task(name, self.now), self.needs)
        task = self.change(name, Change(CLOSED, cause, fixed))
        assert task == self.needs.tasks.get(name)
        assert task.closing
        assert folded(task.closing.cause) == folded(cause)
        assert fixed in (None, task.closing.fixed)
        assert self.change(name, Change(CLOSED, cause, fixed)) == task

    @rule(name=names, cause=st.sampled_from(CAUSES))
    def two_closings_at_once_both_stand(self, name: str, cause: str) -> None:
        add_task(new_task(name, self.now), self.needs)
        self.change(name, Change(CLOSED, cause, fixed=False, note=""))
        self.between(lambda: self.change(name, Change(CLOSED, fixed=True)))
        self.change(name, Change(CLOSED, note="Called him."))
        closing = self.needs.tasks.get(name).closing
        assert closing
        assert (closing.fixed, closing.note) == (True, "Called him.")

    @rule(name=names, first=changes, second=changes)
    def another_change_slips_in_between(self, name: str, first: Change, second: Change) -> None:
        self.between(lambda: self.try_change(name, second))
        self.try_change(name, first)

    @rule(name=names, change=changes)
    def a_tick_slips_in_between(self, name: str, change: Change) -> None:
        self.between(self.a_tick_comes)
        self.try_change(name, change)

    @rule(name=names, yes=st.booleans(), plan=plans)
    def its_person_says_whether_it_helped(
        self, name: str, yes: bool, plan: list[str | None]
    ) -> None:
        due_at = self.now + timedelta(hours=24)

        def after(task: Task) -> Task:
            told_at = task.told_at
            return answered_help(task, told_at, yes, due_at, self.now) if told_at else task

        with_faults(self.table, plan, lambda: rewrite(name, None, after, self.needs))

    @rule()
    def a_tick_comes(self) -> None:
        release_due(self.table, self.now, lambda response: None)

    @invariant()
    def tally_is_recount(self) -> None:
        items = self.table.items.values() if hasattr(self, "table") else []
        assert tallied(items) == recounted(items)
        assert counted_again(items) == recounted(items)

    @invariant()
    def a_closed_task_waits_for_nothing_and_an_open_one_is_overdue_or_waits(self) -> None:
        for item in self.tasks():
            waits = "due_shard" in item
            assert keys.tasks_in(item["state"]) in (item["list_pk"], item["list_pk"][:-2])
            assert waits == (item["state"] == "open" and not item.get("overdue", False))
            assert ("cause" in item) == ("closed_day" in item) == (item["state"] == "closed")

    @invariant()
    def a_cause_has_one_spelling(self) -> None:
        for item in self.tasks():
            if "cause" in item:
                first = self.spelled.setdefault(folded(item["cause"]), item["cause"])
                assert item["cause"] == first

    def tasks(self) -> list[dict[str, Any]]:
        items = self.table.items.values() if hasattr(self, "table") else []
        return [item for item in items if item["SK"] == "TASK"]

    def change(self, name: str, change: Change) -> Task:
        return change_task(name, change, "key", self.now, self.needs)

    def try_change(self, name: str, change: Change) -> None:
        with suppress(HeedError):
            told = self.change(name, change)
            self.table.before = lambda _: None
            assert told == self.needs.tasks.get(name)
        self.table.before = lambda _: None

    def between(self, action: Any) -> None:
        """Does it between the next reading and writing."""

        def slip_in(operation: str) -> None:
            if operation == "transact":
                self.table.before = lambda _: None
                action()

        self.table.before = slip_in


Loops.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestLoops = Loops.TestCase
