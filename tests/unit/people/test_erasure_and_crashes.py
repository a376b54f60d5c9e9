"""An erasure may end at any call. Run again, it ends as if nothing had happened, and its receipt
counts everything once."""

from collections.abc import Callable, Iterator

import pytest

from chalicelib.errors import HeedError, OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.people.erasure import Progress
from chalicelib.table import Item, Key
from tests.support.counting import counted_again
from tests.support.erasing import WENT, erase, erasing, everything, told_of, tombstone
from tests.support.fakes import FakeTable
from tests.support.recount import out_of_place, recounted, tallied
from tests.support.table_faults import WRITES, Crash, heal


@pytest.fixture(scope="module")
def full() -> dict[Key, Item]:
    table = FakeTable()
    everything(table)
    return table.items


@pytest.fixture(scope="module")
def calls(full: dict[Key, Item]) -> int:
    """How many an erasure makes."""
    table, made = filled(full), list[str]()
    table.before = made.append
    erase(table)
    return len(made)


def filled(full: dict[Key, Item]) -> FakeTable:
    table = FakeTable()
    table.items = dict(full)
    return table


def fails_at(count: int, error: type[BaseException]) -> Callable[[str], None]:
    numbers: Iterator[int] = iter(range(1, 100_000))

    def fail(operation: str) -> None:
        is_write = operation in WRITES
        fits = is_write or error in (Crash, Unavailable)
        if next(numbers) == count and fits:
            raise error

    return fail


def hold(table: FakeTable) -> None:
    items = table.items.values()
    assert tallied(items) == recounted(items) == counted_again(items)
    assert out_of_place(items) == []


def is_done(table: FakeTable) -> bool:
    return told_of(table.items.values()) == [tombstone()] and not erasing(table).people.unfinished()


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_crash_at_any_call_loses_and_doubles_nothing(
    full: dict[Key, Item], calls: int, side: str
) -> None:
    assert calls > 25
    for number in range(1, calls + 1):
        table = filled(full)
        setattr(table, side, fails_at(number, Crash))
        try:
            erase(table)
        except Crash:
            hold(table)
        heal(table)
        assert erase(table).counts == WENT
        assert is_done(table)
        hold(table)


@pytest.mark.parametrize(
    ("side", "error"),
    [("before", WriteConflict), ("before", Unavailable), ("after", OutcomeUnknown)],
)
def test_a_call_that_fails_is_tried_again(
    full: dict[Key, Item], calls: int, side: str, error: type[HeedError]
) -> None:
    for number in range(1, calls + 1):
        table = filled(full)
        setattr(table, side, fails_at(number, error))
        receipt = erase(table)
        assert (receipt.state, receipt.counts) == (Progress.DONE, WENT)
        assert is_done(table)


def test_two_runs_at_once_count_everything_once(full: dict[Key, Item], calls: int) -> None:
    for number in range(1, calls + 1):
        table = filled(full)
        numbers = iter(range(1, 100_000))

        def other(_: str, table: FakeTable = table, at: int = number, of: object = numbers) -> None:
            if next(of) == at:  # type: ignore[call-overload]
                heal(table)
                erase(table)

        table.before = other
        assert erase(table).counts == WENT
        assert is_done(table)
