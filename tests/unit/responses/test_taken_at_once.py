"""A form is one read and one transaction, and is judged by all that is known when it is stored."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib import keys
from chalicelib.errors import LinkRejected, OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.responses.judge.entries import entry_beside, entry_update, facts_in
from chalicelib.responses.judge.facts import Arrival, Beacon, Client, Decision, Fact, Place, Signal
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.judged import Words
from chalicelib.responses.record import erase_response
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import note
from chalicelib.table import Item
from tests.support.recount import recounted, tallied
from tests.unit.responses.test_visit_item import HOME, World, browsers

SCANNER = Client("gateway", "robot", robot=True)
CALLS = ("get", "get_all", "write", "update", "transact", "query")


class Watched(World):
    """`before[name]` runs once before the next call of that name, `after[name]` after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.calls = list[str]()
        self.before, self.after = dict[str, Callable[[], Any]](), dict[str, Callable[[], Any]]()
        for name in CALLS:
            monkeypatch.setattr(self.table, name, self._watched(name, getattr(self.table, name)))

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            self.calls.append(name)
            self.before.pop(name, lambda: None)()
            found = call(*given, **named)
            self.after.pop(name, lambda: None)()
            return found

        return watched

    def send(self, name: str = "v", score: int = 9) -> State:
        return take_act(self.link, self.act(name, score), Words("kind"), self.now, self.needs)

    @property
    def response(self) -> Item:
        return self.table.items[keys.response(self.link.invitation)]

    @property
    def is_counted_right(self) -> bool:
        return tallied(self.table.items.values()) == recounted(self.table.items.values())


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def arrival(world: World, name: str = "v", client: Client = HOME, score: int = 9) -> Arrival:
    at = world.now.timestamp() - 9
    return Arrival(at, client, Place.SCORE, score, name)


def raising(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_a_form_is_one_read_and_one_transaction(world: Watched) -> None:
    world.note(iter([arrival(world)]))
    world.calls.clear()
    assert world.send() is State.COUNTED
    assert world.calls == ["get_all", "transact"]
    assert (len(world.facts.acts), world.visit["entries"]) == (1, 2)
    assert world.response["seen"] == world.facts.known


@pytest.mark.parametrize("score", [9, 3])
def test_what_comes_between_the_read_and_the_write_is_judged_too(
    world: Watched, score: int
) -> None:
    """A second browser that opened the mail, which the form did not see when it was read."""
    world.note(iter([arrival(world)]))
    late = [arrival(world, f"w{number}", SCANNER, number) for number in range(5)]
    world.before["transact"] = lambda: world.note(iter(late))
    world.send(score=score)
    assert world.response["seen"] == world.facts.known == 7
    assert (world.response["score"], world.response["comment"]) == (score, "kind")


def test_of_two_forms_at_once_none_is_lost(world: Watched) -> None:
    world.note(iter([arrival(world)]))
    world.before["transact"] = lambda: world.send("w", 3)
    world.send("v", 9)
    assert len(world.facts.acts) == 2
    assert world.response["seen"] == world.facts.known
    assert world.is_counted_right


@pytest.mark.parametrize(
    "error",
    [OutcomeUnknown(), WriteConflict(), Unavailable()],
    ids=["outcome unknown", "conflict", "unavailable"],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_transaction_whose_answer_is_lost_counts_once(
    world: Watched, when: str, error: Exception
) -> None:
    world.note(iter([arrival(world)]))
    getattr(world, when)["transact"] = raising(error)
    assert world.send() is State.COUNTED
    assert (len(world.facts.acts), world.response["version"]) == (1, 1)
    assert world.is_counted_right


def test_the_same_form_twice_is_one_entry_and_one_answer(world: Watched) -> None:
    world.note(iter([arrival(world)]))
    for _ in range(3):
        assert world.send() is State.COUNTED
    assert (len(world.facts.acts), world.response["version"]) == (1, 1)


def test_after_an_erasure_a_form_leaves_nothing(world: Watched) -> None:
    world.note(iter([arrival(world)]))
    world.send()
    erase_response(world.link.invitation, "op", world.now, world.needs.record)
    with pytest.raises(LinkRejected):
        world.send("w", 3)
    assert world.facts.acts == ()


def test_an_erasure_in_between_is_not_undone(world: Watched) -> None:
    world.note(iter([arrival(world)]))
    world.send()
    world.before["transact"] = lambda: erase_response(
        world.link.invitation, "op", world.now, world.needs.record
    )
    with pytest.raises(LinkRejected):
        world.send("w", 3)
    assert "comment" not in world.response
    assert world.is_counted_right


def facts_of_each_kind(world: World) -> list[Fact]:
    at = world.now.timestamp()
    return [
        arrival(world),
        Beacon(at - 5, HOME, "v", 9, Signal.HELLO),
        Beacon(at - 4, HOME, "v", 9, Signal.DWELL, touch=True),
        world.act("v", 9),
        Decision(at, True, 9),
    ]


def test_an_entry_beside_what_was_read_gives_what_a_noted_one_gives() -> None:
    world = World()
    for fact in facts_of_each_kind(world):
        found = entry_beside(world.visit, fact, world.link.expires)
        assert found
        update, facts = found
        noted = note(world.link, fact, world.needs)
        assert facts == noted
        plain = entry_update(keys.visit(world.link.invitation), fact, world.link.expires)
        assert (update.set, update.first, update.add) == (plain.set, plain.first, plain.add)
        assert entry_beside(world.visit, fact, world.link.expires) is None


def test_an_entry_that_has_no_place_is_not_beside() -> None:
    world = World()
    world.note(browsers(world.now.timestamp(), 60))
    opened, act = arrival(world, "late"), world.act("v", 9)
    assert entry_beside(world.visit, opened, world.link.expires) is None
    assert entry_beside(world.visit, act, world.link.expires)
    world.note(world.act(f"v{number}", 9) for number in range(16))
    assert entry_beside(world.visit, act, world.link.expires) is None
    assert facts_in(world.visit).full_at
