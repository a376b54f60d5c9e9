"""Closing a task with a cause, opening it again, and what its survey's counts make of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import keys
from chalicelib.errors import CauseRefused, NotFound
from chalicelib.invitations.invitation import Ticket
from chalicelib.publish import events_of
from chalicelib.table import Item, Update
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import LOOP, add_counts
from chalicelib.tasks.change_task import add_task, change_task
from chalicelib.tasks.task import CLOSED, OPEN, Change, Task
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, task_needs
from tests.support.ticks import release_due

# Half past one in the morning of the 21st in Oslo.
LATE = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
OSLO = replace(SURVEY, tz="Europe/Oslo")
DUE = NOW + timedelta(hours=24)


class Team:
    """A table with tasks `one` and `two`, and what a team does about them."""

    def __init__(self) -> None:
        self.table = FakeTable()
        self.needs = task_needs(self.table, OSLO)
        for name in ("one", "two"):
            ticket = Ticket("zendesk", "48213")
            add_task(Task(name, OSLO.id, "Desk", ticket, NOW, DUE, "2026-11-20"), self.needs)

    def says(self, name: str, state: str, now: datetime = LATE, **said: Any) -> Task:
        return change_task(name, Change(state, **said), "key", now, self.needs)

    def listed(self, state: str) -> list[str]:
        return [task.id for task in self.needs.tasks.page(state, 10, None)[0]]

    def keeps(self, *causes: str) -> None:
        survey = replace(OSLO, causes=list(causes))
        self.needs = task_needs(self.table, survey)

    @property
    def item(self) -> Item:
        return dict(self.table.items[keys.task("one")])

    def tells(self, act: Callable[[], object]) -> list[tuple[str, object, object]]:
        """What the bus hears of task `one` when this is done."""
        old = self.item
        act()
        events = events_of({"id": "e", "occurred_at": "t"}, old, self.item)
        facts = [event.model_dump() for event in events]
        return [
            (event.name, one.get("cause"), one.get("fixed"))
            for event, one in zip(events, facts, strict=True)
        ]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        first, end = NOW.date() - timedelta(days=9), NOW.date() + timedelta(days=9)
        days = TallyStore(self.table).days(OSLO.id, first, end, LOOP)
        return {
            day.isoformat(): {name: count for name, count in counts.items() if count}
            for day, counts in days.items()
        }


@pytest.fixture
def team() -> Team:
    return Team()


def test_a_closed_task_is_counted_on_the_day_of_the_survey_s_zone(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi", fixed=True)
    team.says("two", CLOSED, cause="Ordering form")
    assert team.counts == {
        "2026-11-20": {"opened": 2},
        "2026-11-21": {"closed": 2, "fixed": 1, "cause|Wi-Fi": 1, "cause|Ordering form": 1},
    }


def test_another_cause_is_counted_on_the_day_of_the_closing(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi")
    team.says("one", CLOSED, LATE + timedelta(days=5), cause="VPN")
    assert team.counts["2026-11-21"] == {"closed": 1, "cause|VPN": 1}
    assert len(team.counts) == 2


def test_opening_again_takes_the_closing_out_of_the_counts(team: Team) -> None:
    before = team.needs.tasks.get("one")
    team.says("one", CLOSED, cause="Wi-Fi", fixed=True, note="Called her.")
    team.says("one", OPEN)
    add_counts(sums := {}, team.counts.get("2026-11-21", {}))
    assert sums == {}
    again = team.needs.tasks.get("one")
    assert (again.closing, again.due_at, again.listed_in) == (None, before.due_at, OPEN)


def test_the_same_change_again_writes_nothing(team: Team) -> None:
    said = {"cause": "Wi-Fi", "fixed": True, "note": "Called her."}
    first = team.says("one", CLOSED, **said)
    written = dict(team.table.items)
    assert team.says("one", CLOSED, LATE + timedelta(days=1), **said) == first
    assert team.table.items == written
    assert team.says("two", OPEN).version == 1


def test_what_is_not_said_of_a_closed_task_stays(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi", note="Called her.")
    closing = team.says("one", CLOSED, fixed=True).closing
    assert closing
    assert (closing.cause, closing.fixed, closing.note) == ("Wi-Fi", True, "Called her.")


def test_another_cause_is_not_fixed_until_somebody_says_so(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi", fixed=True)
    closing = team.says("one", CLOSED, cause="VPN").closing
    assert closing
    assert not closing.fixed


def test_a_task_is_not_closed_without_a_cause(team: Team) -> None:
    with pytest.raises(CauseRefused) as refused:
        team.says("one", CLOSED, fixed=True)
    assert refused.value.code == "cause_missing"
    assert team.listed(OPEN) == ["one", "two"]


def test_a_cause_is_shown_as_it_was_first_spelled(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi")
    closing = team.says("two", CLOSED, cause="wi-fi").closing
    assert closing
    assert closing.cause == "Wi-Fi"
    assert team.counts["2026-11-21"]["cause|Wi-Fi"] == 2


def test_only_the_survey_s_causes_are_taken_when_it_keeps_a_list(team: Team) -> None:
    team.keeps("Wi-Fi", "VPN")
    with pytest.raises(CauseRefused) as refused:
        team.says("one", CLOSED, cause="Weather")
    assert (refused.value.code, refused.value.causes) == ("cause_unknown", ("Wi-Fi", "VPN"))
    closing = team.says("one", CLOSED, cause="vpn").closing
    assert closing
    assert closing.cause == "VPN"


def test_a_cause_that_left_the_list_stays_on_what_it_closed(team: Team) -> None:
    team.keeps("Wi-Fi")
    team.says("one", CLOSED, cause="Wi-Fi")
    team.keeps("VPN")
    closing = team.says("one", CLOSED, note="Called her.").closing
    assert closing
    assert (closing.cause, closing.note) == ("Wi-Fi", "Called her.")


def test_closed_tasks_are_listed_the_last_closed_first_and_not_as_open(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi")
    assert (team.listed(OPEN), team.listed(CLOSED)) == (["two"], ["one"])
    team.says("two", CLOSED, LATE + timedelta(minutes=1), cause="Wi-Fi")
    assert (team.listed(OPEN), team.listed(CLOSED)) == ([], ["two", "one"])
    team.says("one", OPEN)
    assert (team.listed(OPEN), team.listed(CLOSED)) == (["one"], ["two"])


def test_a_closed_task_never_becomes_overdue(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi")
    release_due(team.table, DUE, lambda response: None)
    assert not team.needs.tasks.get("one").overdue
    assert team.needs.tasks.get("two").overdue


def test_a_tick_that_read_the_task_before_it_was_closed_leaves_it_alone(team: Team) -> None:
    def close(operation: str) -> None:
        if operation == "transact":
            team.table.before = lambda _: None
            for name in ("one", "two"):
                team.says(name, CLOSED, cause="Wi-Fi")

    team.table.before = close
    assert release_due(team.table, DUE, lambda response: None) == 0
    assert team.listed(CLOSED) == ["two", "one"]


def test_a_task_opened_again_waits_for_its_due_time(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi")
    team.says("one", OPEN)
    release_due(team.table, DUE, lambda response: None)
    assert team.needs.tasks.get("one").overdue
    team.says("one", CLOSED, cause="Wi-Fi")
    assert team.says("one", OPEN).overdue
    assert release_due(team.table, DUE, lambda response: None) == 0


def test_a_task_from_before_openings_were_counted_can_be_closed(team: Team) -> None:
    old = Update(keys.task("one"), remove=["version", "opened_day"])
    team.table.write(old)
    assert team.says("one", CLOSED, cause="Wi-Fi").version == 1
    assert team.says("one", OPEN).opened_day is None


def test_the_bus_is_told_of_a_closing_and_of_what_set_it_right(team: Team) -> None:
    told = team.tells(lambda: team.says("one", CLOSED, cause="Wi-Fi", note="Ingrid was cross."))
    assert told == [("TaskClosed", "Wi-Fi", False)]
    assert team.tells(lambda: team.says("one", CLOSED, note="Called her.")) == []
    fixed = team.tells(lambda: team.says("one", CLOSED, fixed=True))
    assert fixed == [("TaskClosed", "Wi-Fi", True)]
    assert team.tells(lambda: team.says("one", OPEN)) == [("TaskOpened", None, None)]


def test_an_event_of_a_closing_holds_facts_and_no_note(team: Team) -> None:
    team.says("one", CLOSED, cause="Wi-Fi", note="Ingrid was cross.")
    (event,) = events_of({"id": "e", "occurred_at": "t"}, {"id": "one"}, team.item)
    assert event.model_dump().keys() == {
        *("version", "id", "occurred_at", "task", "survey", "team", "cause", "fixed")
    }


def test_a_task_that_is_not_there_is_not_found(team: Team) -> None:
    with pytest.raises(NotFound):
        team.says("three", CLOSED, cause="Wi-Fi")


def test_words_to_the_person_are_an_event_of_their_own_and_not_in_it(team: Team) -> None:
    old = team.item
    team.says("one", CLOSED, cause="Wi-Fi", tell="We fixed Zebra.")
    events = events_of({"id": "e", "occurred_at": "t"}, old, team.item)
    assert [(event.name, event.id) for event in events] == [
        ("TaskClosed", "e"),
        ("ClosingWritten", "e-told"),
    ]
    assert "Zebra" not in str(events)
    again = team.item
    team.says("one", CLOSED, note="Called her.")
    assert events_of({"id": "e", "occurred_at": "t"}, again, team.item) == []
