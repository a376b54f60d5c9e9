"""Shards are opened by contention, and their number is stored before one is used."""

from chalicelib import keys, tally_keys
from chalicelib.table import Key, Put
from chalicelib.tally.shards import MOST, Shards, opened
from tests.support.fakes import FakeTable


def last(table: FakeTable) -> Shards:
    return Shards(table, lambda count: count - 1)


def test_a_first_try_of_a_process_reads_nothing_and_takes_shard_0() -> None:
    table, calls = FakeTable(), []
    table.before = calls.append
    assert last(table).for_try("s", 0) == 0
    assert calls == []


def test_writers_that_meet_once_open_nothing() -> None:
    table = FakeTable()
    assert last(table).for_try("s", 1) == 0
    assert table.items == {}


def test_each_further_failure_opens_more_until_there_are_most() -> None:
    table = FakeTable()
    shards = last(table)
    assert [shards.for_try("s", attempt) for attempt in range(9)] == [
        0,
        0,
        3,
        15,
        *[63] * 3,
        255,
        255,
    ]
    assert opened(table, "s") == opened(table, keys.ANY_SURVEY) == MOST
    assert shards.for_try("another", 0) == 0


def test_a_shard_is_stored_as_open_before_anybody_counts_on_it() -> None:
    for attempt in range(2, 9):
        table = FakeTable()
        shard = last(table).for_try("s", attempt)
        assert shard < opened(table, "s") <= opened(table, keys.ANY_SURVEY)


def test_a_writer_that_fails_learns_what_others_opened_and_closes_none() -> None:
    table = FakeTable()
    table.write(Put({**tally_keys.shards("s").as_item(), "open": 16}))
    shards = last(table)
    assert [shards.for_try("s", attempt) for attempt in (0, 1, 2, 0)] == [0, 15, 15, 15]


def test_two_that_open_at_once_leave_the_larger_number() -> None:
    table = FakeTable()
    first, second = last(table), last(table)

    def slip_in(operation: str) -> None:
        table.before = lambda _: None
        second.for_try("s", 7)

    table.before = slip_in
    assert first.for_try("s", 2) == MOST - 1
    table = FakeTable()
    written = iter(["", "slip in"])

    def slip_in_later(operation: str) -> None:
        if operation == "write" and next(written, ""):
            last(table).for_try("s", 7)

    table.before = slip_in_later
    assert last(table).for_try("s", 2) == MOST - 1
    assert table.items[Key("SHARDS#s", "SHARDS")]["open"] == MOST
