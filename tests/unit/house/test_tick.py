"""A tick: each item on its own, within the time there is."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier

import pytest

from chalicelib import keys
from chalicelib.errors import Unavailable
from chalicelib.invitations.invitation import Status
from chalicelib.set_aside import MOST_FAILURES, bring_back, set_aside
from chalicelib.table import Key, Put, Query
from chalicelib.tasks.change_task import mark_overdue
from chalicelib.tick import TRIES, Done, TickNeeds, at_once, tick
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, stored_invitation, task_needs

DUE = NOW + timedelta(hours=1)
NAMES = [f"number {number}" for number in range(12)]


class World:
    """Twelve invitations that are due, and responses that settle as they are told to."""

    def __init__(self) -> None:
        self.table = FakeTable()
        self.settled: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.seconds: Callable[[], float] = lambda: 60.0

    def invite(self) -> None:
        for name in NAMES:
            stored_invitation(self.table, name, status=Status.WAITING, sent_at=None, due_at=NOW)

    def response(self, name: str) -> Key:
        key = keys.response(name)
        due = {"due_shard": keys.due_shard(name), "due_at": "2026-11-20T10:00:00.000Z"}
        self.table.write(Put({**key.as_item(), **due, "id": name, "survey": "it-help-desk"}))
        return key

    def settle(self, response: str) -> None:
        if response in self.fails:
            raise self.fails[response]
        self.settled.append(response)
        del self.table.items[keys.response(response)]

    def tick(self) -> Done:
        def pause(attempt: int) -> None:
            pass

        return tick(DUE, self.needs(pause))

    def needs(self, pause: Callable[[int], None]) -> TickNeeds:
        tasks = task_needs(self.table)
        return TickNeeds(
            self.table,
            self.settle,
            lambda task: mark_overdue(task, DUE, tasks),
            lambda task: None,
            lambda team: None,
            pause,
            lambda: self.seconds(),
        )

    @property
    def waiting(self) -> int:
        found = [self.table.query(Query(str(shard), index="due")) for shard in range(4)]
        return sum(len(page.items) for page in found)


@pytest.fixture
def world() -> World:
    return World()


def in_one_shard(count: int) -> list[str]:
    names = (f"answer {number}" for number in range(1000))
    return [name for name in names if keys.due_shard(name) == "2"][:count]


@pytest.mark.parametrize("error", [KeyError("survey"), TypeError(), Unavailable(), OSError()])
def test_an_item_that_fails_starves_nothing_behind_it(world: World, error: Exception) -> None:
    bad, *good = in_one_shard(5)
    for name in (bad, *good):
        world.response(name)
    world.fails = {bad: error}
    done = world.tick()
    assert sorted(world.settled) == sorted(good)
    assert (done.taken, done.failed, done.finished) == (4, 1, True)


def test_an_item_of_a_kind_that_this_release_does_not_know_starves_nothing(world: World) -> None:
    world.invite()
    due = {"due_shard": "1", "due_at": "2026-11-20T00:00:00.000Z"}
    world.table.write(Put({"PK": "NEWS#1", "SK": "NEWS", **due}))
    assert (world.tick().taken, world.waiting) == (12, 1)


@pytest.mark.parametrize("lost", [1, 2, 5])
@pytest.mark.parametrize("operation", ["query", "write"])
def test_a_call_that_is_refused_or_throttled_is_tried_again_within_the_tick(
    world: World, operation: str, lost: int
) -> None:
    world.invite()
    left = lost if operation == "write" else min(lost, TRIES - 1)

    def throttle(called: str) -> None:
        nonlocal left
        if called == operation and left:
            left -= 1
            raise Unavailable if left % 2 else PermissionError

    world.table.before = throttle
    done = world.tick()
    assert (done.taken, done.failed, done.unknown) == (12, 0, 0)


def test_an_item_that_failed_in_five_ticks_is_set_aside_and_comes_back(world: World) -> None:
    bad = world.response("bad")
    world.fails = {"bad": KeyError()}
    for number in range(1, MOST_FAILURES + 1):
        assert list(set_aside(world.table)) == []
        assert world.tick().set_aside == int(number == MOST_FAILURES)
    (item,) = set_aside(world.table)
    assert (item["PK"], item["failures"], item["failed_by"]) == (bad.pk, 5, "KeyError")
    assert world.tick() == Done()
    world.fails.clear()
    assert bring_back(world.table, item)
    assert not bring_back(world.table, item)
    assert world.tick().taken == 1
    assert world.settled == ["bad"]


def test_four_failures_are_forgotten_when_it_goes_on(world: World) -> None:
    world.invite()
    one = keys.invitation(stored_invitation(FakeTable(), NAMES[0]).id)
    world.table.items[one]["failures"] = 4
    assert world.tick().taken == 12
    assert "failures" not in world.table.items[one]


def test_a_table_that_is_down_sets_nothing_aside_and_is_told(world: World) -> None:
    world.invite()

    def down(operation: str) -> None:
        if operation == "write":
            raise Unavailable

    world.table.before = down
    for _ in range(MOST_FAILURES + 2):
        done = world.tick()
        assert (done.taken, done.failed, done.unknown) == (0, 12, 12)
    world.table.before = lambda operation: None
    assert world.tick().taken == 12


def test_a_part_of_the_index_that_cannot_be_read_holds_up_no_other_part(world: World) -> None:
    world.invite()
    reads = 0

    def refuse(operation: str) -> None:
        nonlocal reads
        reads += operation == "query"
        if operation == "query" and reads <= TRIES:
            raise Unavailable

    world.table.before = refuse
    invited = [key for key in world.table.items if key.sk == "INVITE"]
    unread = sum(keys.due_shard(keys.id_of(key.pk)) == "0" for key in invited)
    done = world.tick()
    assert unread
    assert (done.taken, done.unknown) == (12 - unread, 1)
    assert world.tick().taken == unread


@pytest.mark.parametrize("calls", [1, 3, 7])
def test_a_tick_ends_with_its_time_and_the_next_one_goes_on(world: World, calls: int) -> None:
    world.invite()
    left = iter([1.0] * calls + [0.0] * 100)
    world.seconds = lambda: next(left)
    first = world.tick()
    assert (first.taken, first.failed, first.finished) == (calls, 0, False)
    world.seconds = lambda: 60.0
    second = world.tick()
    assert (second.taken, second.finished) == (12 - calls, True)
    assert world.waiting == 0


def test_a_failure_without_time_to_try_again_is_none_of_the_five(world: World) -> None:
    world.response("bad")
    world.fails = {"bad": Unavailable()}
    for _ in range(MOST_FAILURES + 1):
        left = iter([1.0, 0.0, 0.0])
        world.seconds = lambda left=left: next(left)  # type: ignore[misc]
        assert world.tick().failed == 1
    assert list(set_aside(world.table)) == []


def test_more_than_one_page_is_read(world: World) -> None:
    world.invite()
    query = world.table.query
    world.table.query = lambda asked: query(  # type: ignore[method-assign]
        Query(asked.partition, asked.index, None, asked.highest, limit=2, after=asked.after)
    )
    assert world.tick().taken == 12


def test_answers_of_different_shards_settle_at_once(world: World) -> None:
    names = [f"answer {number}" for number in range(20)]
    by_shard = {keys.due_shard(name): name for name in names}
    for name in by_shard.values():
        world.response(name)
    together = Barrier(keys.DUE_SHARDS, timeout=10)
    settle = world.settle

    def wait_for_the_others(response: str) -> None:
        together.wait()
        settle(response)

    needs = TickNeeds(
        world.table,
        wait_for_the_others,
        lambda _: True,
        lambda _: None,
        lambda _: None,
        lambda _: None,
        lambda: 60.0,
        at_once,
    )
    assert tick(DUE, needs).taken == len(by_shard) == keys.DUE_SHARDS
