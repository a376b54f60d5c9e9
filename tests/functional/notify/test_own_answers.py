"""Who answers as a customer of their own team hears nothing of the own answer."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

import app
from chalicelib import moments
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.compose import Composed
from chalicelib.notify.letters.digest import digest_letter
from chalicelib.periods import Range
from chalicelib.teams import wiring as teams_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.answers import NOON
from tests.support.tasks import hear
from tests.support.telling import KARI, OLAV, Desk


@pytest.fixture
def desk(heed: Heed) -> Iterator[Desk]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Desk(heed, clock, owner_rule="queue", owner=None)


def answer_of_kari(desk: Desk, comment: str | None = None) -> str:
    """She leads the team."""
    team = teams_wiring.teams().find("desk")
    assert team
    task = desk.said.answer("kari", 2, comment, person=team.people[0].person)
    hear(task)
    return task


def pass_hours(desk: Desk, hours: int) -> None:
    desk.said.clock.shift(timedelta(hours=hours))
    app.tick({}, Clock())


def test_a_task_in_the_queue_is_told_to_the_others(desk: Desk) -> None:
    answer_of_kari(desk)
    desk.tell()
    assert desk.told("task_opened") == desk.told("task_soon") == ["olav"]
    pass_hours(desk, 25)
    desk.tell()
    assert desk.told("task_overdue") == ["olav"]


def test_the_owner_hears_that_it_is_overdue_and_the_lead_who_wrote_it_does_not(desk: Desk) -> None:
    task = answer_of_kari(desk)
    desk.tell()
    desk.patch(task, owner="olav")
    desk.tell()
    pass_hours(desk, 25)
    desk.tell()
    assert desk.told("task_overdue") == ["olav"]


def test_somebody_who_was_made_its_owner_hears_of_it(desk: Desk) -> None:
    task = answer_of_kari(desk)
    desk.tell()
    desk.patch(task, owner="kari")
    desk.tell()
    assert (desk.told("task_handed_on"), desk.told("task_opened")) == (["kari"], ["olav"])


def test_of_a_team_of_one_nobody_is_told_and_the_log_says_why(
    desk: Desk, log_lines: io.StringIO
) -> None:
    desk.set(people=[KARI], owner_rule="queue", owner=None)
    answer_of_kari(desk)
    desk.tell()
    assert desk.letters() == []
    assert '"reason":"own_answer"' in log_lines.getvalue()


def test_a_digest_does_not_quote_its_reader(desk: Desk) -> None:
    answer_of_kari(desk, "Nobody called me.")
    desk.said.answer("other", 2, "Slow.")
    team = teams_wiring.teams().find("desk")
    assert team
    today = moments.day_in(moments.now(), "UTC")
    days = Range(today, today + timedelta(days=1))
    quoted = {}
    for member in team.people:
        letter = digest_letter(team, member, days, moments.now())
        found = notify_wiring.composers()["digest"](letter, moments.now())
        assert isinstance(found, Composed)
        quoted[member.id] = found.facts["parts"][0].words
    assert quoted[KARI["id"]] == ["Slow."]
    assert quoted[OLAV["id"]] == ["Slow.", "Nobody called me."]
