"""The people of a webhook's team hear that it takes nothing, and that it was turned off."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.notify.compose import Composed
from chalicelib.notify.letter_store import letter_from_item
from chalicelib.notify.letters.webhook_troubles import NO_ADDRESS, WORKS, Finding, compose
from chalicelib.teams.team import Team
from chalicelib.webhooks.webhook import Off
from tests.support.deliveries import WEBHOOK, Calls, delivery
from tests.support.samples import NOW

DAY = timedelta(days=1)


class World(Calls):
    def fail(self, *after: float) -> None:
        for days in after:
            name, now = f"after {days}", NOW + days * DAY
            self.log.add(delivery(name, created_at=now))
            self.deliver(now, name)

    @property
    def kinds(self) -> list[str]:
        return [letter["kind"] for letter in self.letters]

    def composed(self) -> Composed | str:
        letter = letter_from_item(self.letters[-1])
        return compose(letter, NOW, Finding(self.webhooks.find, self.team))


@pytest.fixture
def world() -> World:
    made = World()
    made.say(500)
    return made


def test_nobody_is_told_on_the_first_day(world: World) -> None:
    world.fail(0, 0.5, 0.9)
    assert world.kinds == []


def test_the_lead_is_told_after_one_day_after_four_and_at_the_end_once_each(world: World) -> None:
    world.fail(0, 1, 1.1, 2, 4, 4.5, 5, 5.1)
    assert world.kinds == ["webhook_failing", "webhook_failing", "webhook_disabled"]
    assert {letter["to"]["member"] for letter in world.letters} == {"kari"}
    assert "example.com" not in str(world.letters)


def test_who_is_gone_is_told_at_once(world: World) -> None:
    world.say(410)
    world.fail(0)
    composed = world.composed()
    assert isinstance(composed, Composed)
    assert (world.kinds, composed.facts["off"]) == (["webhook_disabled"], Off.GONE)
    assert composed.to.email == "kari@example.com"


def test_where_nobody_leads_everybody_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = world.team("desk")
    assert team
    everybody = tuple(replace(member, role="member") for member in team.people)
    health = replace(world.needs.health, team=lambda _: replace(team, people=everybody))
    world.needs = replace(world.needs, health=health)
    world.say(410)
    world.fail(0)
    assert {letter["to"]["member"] for letter in world.letters} == {"kari", "ola"}


def test_a_warning_does_not_go_when_all_is_well_again(world: World) -> None:
    world.fail(0, 1)
    world.say(200)
    world.fail(1.1)
    assert world.composed() == WORKS


def test_whoever_left_the_team_is_not_written_to(world: World) -> None:
    world.fail(0, 1)
    letter = letter_from_item(world.letters[-1])
    empty = Finding(world.webhooks.find, lambda _: Team("desk", "Service Desk"))
    assert compose(letter, NOW, empty) == NO_ADDRESS
    gone = Finding(world.webhooks.find, lambda _: None)
    assert compose(letter, NOW, gone) == NO_ADDRESS


def test_a_run_that_breaks_off_before_it_turns_the_webhook_off_does_both_again() -> None:
    world = World(replace(WEBHOOK, failing_since=NOW - 6 * DAY))
    world.say(500)
    world.log.add(delivery())

    class Broken(BaseException):
        pass

    def break_off(operation: str) -> None:
        if world.letters and operation == "write":
            raise Broken

    world.table.before = break_off
    with pytest.raises(Broken):
        world.deliver()
    world.table.before = lambda operation: None
    world.deliver(NOW + timedelta(minutes=3))
    assert (world.webhook().off, len(world.letters)) == (Off.FAILED, 1)
    assert isinstance(world.composed(), Composed)
