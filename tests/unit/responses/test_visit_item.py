"""What is seen of a link is one item of few places, whoever opens the link and how often."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest

from chalicelib import keys
from chalicelib.errors import LinkRejected, OutcomeUnknown, VisitFull
from chalicelib.invitations.token import Link
from chalicelib.networks import Network
from chalicelib.responses.judge.entries import facts_in
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Decision,
    Fact,
    Facts,
    Gesture,
    Place,
    Signal,
)
from chalicelib.responses.judge.judge import Delivery, judge
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.record import erase_response
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, note, settle, take_beacon
from chalicelib.table import Item, Update
from tests.support.capacity import size_of
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, recording, stored_invitation

HOME = Client("home", "desktop")
MOUSE = Gesture("pointermove", 5)


class World:
    def __init__(self) -> None:
        self.table = FakeTable()
        made = stored_invitation(self.table)
        self.link = Link(made.id, made.survey, made.expires_at)
        self.needs = TapNeeds(recording(self.table), Terms("UTC"))
        self.now = NOW + timedelta(hours=1)

    def note(self, facts: Iterator[Fact]) -> None:
        for fact in facts:
            with suppress(VisitFull):
                note(self.link, fact, self.needs)

    def act(self, name: str, score: int, trusted: bool | None = True) -> Act:
        at = self.now.timestamp()
        return Act(at, HOME, name, score, at - 9, f"op-{name}", True, trusted, MOUSE, at - 1)

    @property
    def visit(self) -> Item:
        return self.table.items[keys.visit(self.link.invitation)]

    @property
    def facts(self) -> Facts:
        return facts_in(self.visit)


def browsers(at: float, count: int = 3000, every: float = 0.05) -> Iterator[Arrival]:
    """All different, and each name as long as real ones are."""
    for number in range(count):
        client = Client(f"{number:016x}", f"{number + 5000:016x}", Network.CLOUD)
        yield Arrival(at + number * every, client, Place.SCORE, number % 11, f"{number:026}")


def test_three_thousand_browsers_leave_a_small_item_and_the_person_counts() -> None:
    world = World()
    world.note(browsers(world.now.timestamp()))
    assert (world.visit["entries"], world.visit["refused"]) == (48, 2952)
    assert len([name for name in world.visit if "#" in name]) == 48
    assert size_of(world.visit) < 8 * 1024
    world.now += timedelta(minutes=4)
    state = take_act(world.link, world.act("v", 2), Words("slow"), world.now, world.needs)
    assert state is State.COUNTED
    stored = settle(world.link.invitation, world.now, world.needs)
    assert stored
    assert (stored.score, stored.comment) == (2, "slow")


def test_a_verdict_of_a_full_item_takes_little_work() -> None:
    """Before there were places, it grew with the square of what was seen: seconds."""
    world = World()
    at = world.now.timestamp()
    world.note(browsers(at))
    world.note(world.act(f"v{number}", number % 11) for number in range(16))
    assert world.visit["entries"] == 64
    started = time.process_time()
    judge(world.facts, Delivery(at - 3600, at + 86_400, False), at + 600)
    assert time.process_time() - started < 0.5


def test_acts_have_the_last_places_and_no_more_are_taken() -> None:
    world = World()
    world.note(browsers(world.now.timestamp()))
    for number in range(16):
        note(world.link, world.act(f"v{number}", 9), world.needs)
    with pytest.raises(VisitFull):
        take_act(world.link, world.act("late", 1), Words("x"), world.now, world.needs)
    assert (world.visit["entries"], world.visit["refused"]) == (64, 2953)
    note(world.link, Decision(world.now.timestamp(), True, 9), world.needs)
    assert len(world.facts.decisions) == 1


def test_many_at_once_take_no_more_than_the_places() -> None:
    world = World()
    parts = [list(browsers(world.now.timestamp(), 200))[start::4] for start in range(4)]
    threads = [Thread(target=world.note, args=[iter(part)]) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.facts.arrivals) == world.visit["entries"] == 48


@pytest.mark.parametrize(
    "fact",
    [
        Arrival(1.5, HOME, Place.SCORE, 9, "v"),
        Arrival(1.5, Client("p", "a", Network.SCANNER, True, "m"), Place.HOME, speculative=True),
        Beacon(1.5, HOME, "v", None, Signal.LEAVE, False, False, False, True, True, False),
        Beacon(1.5, HOME, "v", 0, Signal.GESTURE, gesture=Gesture("blur", 2, False, False, False)),
        Act(1.5, HOME, "v", 9, 0.25, "op", False, False, MOUSE, 1.125),
        Act(1.5, HOME, "v", 9, 0.25, "op"),
        Decision(1.5, False, 3),
    ],
)
def test_what_was_noted_is_read_as_it_was(fact: Fact) -> None:
    world = World()
    assert note(world.link, fact, world.needs) == world.facts
    found = world.facts
    assert [*found.arrivals, *found.beacons, *found.acts, *found.decisions] == [fact]


def test_what_comes_twice_or_after_a_lost_answer_is_one_entry() -> None:
    world = World()
    at = world.now.timestamp()

    def lose(_: str) -> None:
        world.table.after = lambda _: None
        raise OutcomeUnknown

    for fact in (world.act("v", 9), next(browsers(at)), Beacon(at, HOME, "v", 9, Signal.HELLO)):
        world.table.after = lose
        first, again = (note(world.link, fact, world.needs) for _ in range(2))
        assert first == again
    assert (world.visit["entries"], "refused" in world.visit) == (3, False)


def test_a_back_button_and_another_score_is_another_entry() -> None:
    world = World()
    for score in (9, 3):
        world.now += timedelta(seconds=20)
        take_act(world.link, world.act("v", score, None), Words(), world.now, world.needs)
    stored = settle(world.link.invitation, world.now, world.needs)
    assert stored
    assert stored.score == 3


def test_a_visit_in_a_flood_settles_first_and_one_on_a_phone_is_held() -> None:
    for touch, state in ((False, State.SETTLING), (True, State.HELD)):
        world = World()
        at = world.now.timestamp()
        beacons = [
            Beacon(at, HOME, "v", 9, Signal.HELLO, touch=touch),
            Beacon(at + 1, HOME, "v", 9, Signal.DWELL, touch=touch),
        ]
        moved = Beacon(at + 1, HOME, "v", 9, Signal.GESTURE, gesture=MOUSE)
        world.note(iter(beacons if touch else [beacons[0], moved]))
        world.note(browsers(at + 20, every=0.01))
        facts, delivery = world.facts, Delivery(at - 3600, at + 86_400, False)
        found = judge(facts, delivery, at + 60)
        assert (found.state, facts.full_at is not None) == (state, True)
        assert touch is False or found.why is Why.SWEEP


def test_a_late_verdict_of_fewer_facts_never_follows_one_of_more() -> None:
    """A beacon is noted, a form is counted, and only then is the beacon judged."""
    world = World()
    beacon = Beacon(world.now.timestamp(), HOME, "v", 9, Signal.GESTURE, gesture=MOUSE)
    world.now += timedelta(seconds=5)
    other = world.act("w", 2)

    def form_comes_between(_: str) -> None:
        world.table.after = lambda _: None
        take_act(world.link, other, Words(), world.now, world.needs)

    world.table.after = form_comes_between
    take_beacon(world.link, beacon, world.now, world.needs)
    (stored,) = [item for item in world.table.items.values() if item["SK"] == "RESPONSE"]
    assert (stored["score"], stored["state"]) == (2, "counted")


def test_an_erased_answer_takes_what_was_seen_along_and_no_more_is_noted() -> None:
    world = World()
    take_act(world.link, world.act("v", 2), Words("slow"), world.now, world.needs)
    erase_response(world.link.invitation, "op-erase", world.now, world.needs.record)
    beacon = Beacon(world.now.timestamp(), HOME, "v", 9, Signal.HELLO)
    for late in (
        lambda: world.note(browsers(world.now.timestamp(), 3)),
        lambda: take_act(world.link, world.act("w", 9), Words(), world.now, world.needs),
        lambda: take_beacon(world.link, beacon, world.now, world.needs),
    ):
        with pytest.raises(LinkRejected):
            late()
    assert [name for name in world.visit if "#" in name] == []
    assert world.facts.acts == ()


def test_what_a_later_release_adds_is_left_out() -> None:
    world = World()
    noted = note(world.link, world.act("v", 9), world.needs)
    later = {"rumour#v#1": {"at": 1}, "of_a_later_release": {"x": 1}}
    world.table.write(Update(keys.visit(world.link.invitation), set=later))
    assert world.facts == noted
