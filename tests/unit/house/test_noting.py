"""The line of a change is in the transaction of its first write."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.audit import Change
from chalicelib.errors import OutcomeUnknown
from chalicelib.noting import NotedElsewhere, NotingTable, about, note_end, noting
from chalicelib.table import Key, Put, Update
from tests.support.fakes import FakeTable

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CHANGE = Change(NOW, "put_team", "/v1/teams/it", "key")
TEAM = {"PK": "TEAM#it", "SK": "TEAM", "name": "IT"}


class Watched(FakeTable):
    """`calls`: the items that each writing call names."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[str]] = []

    def write(self, write: Any) -> None:
        self.calls.append([named(write)])
        super().write(write)

    def transact(self, writes: Any) -> None:
        self.calls.append([named(write) for write in writes])
        super().transact(writes)


def named(write: Any) -> str:
    return str(write.item["PK"] if isinstance(write, Put) else write.key.pk)


def test_the_first_write_takes_the_line_along_and_the_next_is_alone() -> None:
    table = Watched()
    with noting(CHANGE, "a"):
        for _ in range(2):
            NotingTable(table).write(Put(TEAM))
    assert table.calls == [["TEAM#it", "HISTORY#a"], ["TEAM#it"]]


@pytest.mark.parametrize(("size", "calls"), [(99, [100]), (100, [1, 100])])
def test_what_fills_a_transaction_has_its_line_a_moment_before(size: int, calls: list[int]) -> None:
    table = Watched()
    with noting(CHANGE, "a"):
        NotingTable(table).transact([Put({**TEAM, "PK": f"TEAM#{n}"}) for n in range(size)])
    assert [len(call) for call in table.calls] == calls
    assert sum("HISTORY#a" in call for call in table.calls) == 1


def test_what_changes_nothing_leaves_no_line() -> None:
    table = Watched()
    with noting(CHANGE):
        NotingTable(table).get(Key("TEAM#it", "TEAM"))
        note_end(table, NOW)
    NotingTable(table).write(Put(TEAM))
    assert table.calls == [["TEAM#it"]]


def test_an_update_gives_the_item_as_it_is_then() -> None:
    table = NotingTable(FakeTable())
    with noting(CHANGE):
        found = table.update(Update(Key("TEAM#it", "TEAM"), add={"taken": 1}))
    assert found["taken"] == 1


def test_a_write_whose_fate_is_unknown_is_written_again_with_the_same_line() -> None:
    table = Watched()
    with noting(CHANGE, "a"):
        table.transact, sound = lost, table.transact  # type: ignore[method-assign]
        with pytest.raises(OutcomeUnknown):
            NotingTable(table).write(Put(TEAM))
        table.transact = sound  # type: ignore[method-assign]
        NotingTable(table).write(Put(TEAM))
    assert table.calls == [["TEAM#it", "HISTORY#a"]]


def lost(writes: Any) -> None:
    raise OutcomeUnknown


def test_a_second_run_leaves_the_line_as_it_is() -> None:
    table = FakeTable()
    for by in ("key", "another"):
        with noting(Change(NOW, "erase", "/v1/people/erasures", by), "a"):
            about("people/erasures/x", line_id="a")
            NotingTable(table).write(Put(TEAM))
    item = table.get(Key("HISTORY#a", "HISTORY"))
    assert item
    assert (item["by"], item["what"]) == ("key", "/v1/people/erasures/x")


def test_what_is_written_elsewhere_has_its_line_a_moment_before() -> None:
    table, ballots = Watched(), Watched()
    noted = NotingTable(table)
    with noting(CHANGE, "a"):
        NotedElsewhere(ballots, noted.note).write(Put(TEAM))
        noted.write(Put(TEAM))
        note_end(table, NOW)
    assert ballots.calls == [["TEAM#it"]]
    assert table.calls == [["HISTORY#a"], ["TEAM#it"], ["HISTORY#a-done"]]
