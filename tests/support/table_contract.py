"""What every Table does, whichever is behind it."""

import pytest
from msgspec.structs import replace

from chalicelib.errors import WriteRefused
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Below,
    Check,
    Delete,
    Item,
    Key,
    Page,
    Put,
    Query,
    Scan,
    Table,
    Update,
    every,
)

A, B = Key("T#a", "T"), Key("T#b", "T")


class TableContract:
    SCANNED_AT_ONCE = 2

    def test_what_was_put_is_read_with_its_types(self, table: Table) -> None:
        item: Item = {
            **A.as_item(),
            "n": 3,
            "text": "ü",
            "yes": True,
            "list": ["x"],
            "map": {"k": 1},
        }
        table.write(Put(item))
        assert table.get(A) == item

    def test_an_absent_item_is_none(self, table: Table) -> None:
        assert table.get(Key("T#nobody", "T")) is None

    def test_a_put_if_new_is_refused_the_second_time(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "n": 1}, IF_NEW))
        with pytest.raises(WriteRefused) as refused:
            table.write(Put({**A.as_item(), "n": 2}, IF_NEW))
        assert refused.value.current == {**A.as_item(), "n": 1}

    def test_an_update_sets_adds_and_removes(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "n": 1, "old": "x"}))
        table.write(Update(A, set={"name": "y"}, add={"n": 2, "m": -1}, remove=["old"]))
        assert table.get(A) == {**A.as_item(), "n": 3, "m": -1, "name": "y"}

    def test_an_update_makes_an_absent_item(self, table: Table) -> None:
        table.write(Update(A, add={"n": 1}, when={"n": ABSENT}))
        assert table.get(A) == {**A.as_item(), "n": 1}

    def test_a_condition_on_a_value_must_hold(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "version": 1}))
        table.write(Update(A, add={"version": 1}, when={"version": 1}))
        with pytest.raises(WriteRefused):
            table.write(Update(A, add={"version": 1}, when={"version": 1}))

    def test_an_update_gives_the_item_as_it_is_then(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "n": 1, "text": "x"}))
        assert table.update(Update(A, add={"n": 1})) == {**A.as_item(), "n": 2, "text": "x"}
        assert table.update(Update(B, set={"n": 1})) == {**B.as_item(), "n": 1}

    def test_what_is_set_first_stays_as_it_is_from_then_on(self, table: Table) -> None:
        for number in (1, 2):
            found = table.update(Update(A, set={"last": number}, first={"first": number}))
        assert found == {**A.as_item(), "first": 1, "last": 2}

    def test_a_number_below_a_limit_takes_no_more_than_its_places(self, table: Table) -> None:
        def take(name: str) -> Item:
            return table.update(
                Update(A, set={name: 7}, add={"n": 1}, when={name: ABSENT, "n": Below(2)})
            )

        assert (take("a")["n"], take("b")["n"]) == (1, 2)
        for name in ("b", "c"):
            with pytest.raises(WriteRefused) as refused:
                take(name)
            assert refused.value.current == {**A.as_item(), "a": 7, "b": 7, "n": 2}

    def test_what_was_deleted_is_absent_and_may_be_deleted_again(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "list_pk": "DELETED", "list_sk": "1"}))
        for _ in range(2):
            table.write(Delete(A))
        assert table.get(A) is None
        assert every(table, Query("DELETED", index="listed")) == []

    def test_a_delete_is_refused_unless_its_condition_holds(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "version": 2}))
        with pytest.raises(WriteRefused) as refused:
            table.write(Delete(A, when={"version": 1}))
        assert refused.value.current == {**A.as_item(), "version": 2}
        with pytest.raises(WriteRefused):
            table.write(Delete(B, when={"PK": B.pk}))
        assert table.get(A)

    def test_a_transaction_deletes_or_leaves_all(self, table: Table) -> None:
        table.write(Put(A.as_item()))
        with pytest.raises(WriteRefused):
            table.transact([Delete(A), Update(B, add={"n": 1}, when={"n": 1})])
        assert table.get(A)
        table.transact([Delete(A), Put(B.as_item())])
        assert table.get(A) is None

    def test_a_refused_transaction_writes_nothing_and_says_which(self, table: Table) -> None:
        table.write(Put({**B.as_item(), "n": 1}))
        with pytest.raises(WriteRefused) as refused:
            table.transact([Put(A.as_item()), Put(B.as_item(), IF_NEW)])
        assert refused.value.index == 1
        assert table.get(A) is None

    def test_a_transaction_may_check_an_item_that_it_leaves_alone(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "n": 1}))
        table.transact([Check(A, {"n": 1, "m": ABSENT}), Put(B.as_item())])
        assert (table.get(A), table.get(B)) == ({**A.as_item(), "n": 1}, B.as_item())

    def test_a_check_that_fails_refuses_the_whole_transaction(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "n": 1}))
        with pytest.raises(WriteRefused) as refused:
            table.transact([Put(B.as_item()), Check(A, {"n": ABSENT})])
        assert (refused.value.index, refused.value.current) == (1, {**A.as_item(), "n": 1})
        assert table.get(B) is None

    def test_a_check_may_ask_for_an_absent_item(self, table: Table) -> None:
        table.transact([Check(B, IF_NEW), Put(A.as_item())])
        assert (table.get(A), table.get(B)) == (A.as_item(), None)

    def test_get_all_leaves_out_what_is_absent(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "n": 1}))
        assert list(table.get_all([A, B])) == [A]

    def test_a_query_reads_a_range_in_order_and_backwards(self, table: Table) -> None:
        for sort in ("1", "2", "3", "4"):
            table.write(Put(Key("Q", sort).as_item()))
        ranged = Query("Q", lowest="2", highest="3")
        assert [item["SK"] for item in every(table, ranged)] == ["2", "3"]
        newest = Query("Q", newest_first=True, limit=1)
        assert [item["SK"] for item in table.query(newest).items] == ["4"]

    def test_a_range_that_ends_before_it_begins_is_empty(self, table: Table) -> None:
        """DynamoDB refuses to look for one."""
        table.write(Put(Key("Q", "2").as_item()))
        assert table.query(Query("Q", lowest="3", highest="1")) == Page([], None)

    def test_pages_join_without_loss_or_repeat(self, table: Table) -> None:
        for number in range(5):
            listed = {"list_pk": "CONTRACT", "list_sk": f"{number // 2}"}
            table.write(Put({**Key(f"L#{number}", "L").as_item(), **listed}))
        found = every(table, Query("CONTRACT", index="listed", limit=2))
        assert sorted(item["PK"] for item in found) == [f"L#{number}" for number in range(5)]

    def test_an_item_without_the_index_attributes_is_not_in_it(self, table: Table) -> None:
        table.write(Put({**A.as_item(), "due_shard": "contract", "due_at": "2026"}))
        table.write(Update(A, remove=["due_shard"]))
        assert every(table, Query("contract", index="due")) == []

    def test_a_scan_finds_what_begins_so_and_nothing_of_another_survey(self, table: Table) -> None:
        for key, survey in (("S#1", "ours"), ("S#2", "theirs"), ("S#3", None), ("Z#1", "ours")):
            item = Key(key, "S").as_item() | ({"survey": survey} if survey else {})
            table.write(Put(item))
        assert scanned(table, Scan(["S#"])) == ["S#1", "S#2", "S#3"]
        assert scanned(table, Scan(["S#", "Z#"], "ours")) == ["S#1", "S#3", "Z#1"]

    def test_pages_of_a_scan_join_without_loss_or_repeat(self, table: Table) -> None:
        for number in range(9):
            kind = "S" if number % 3 else "Z"
            table.write(Put(Key(f"{kind}#{number}", "S").as_item()))
        paged = Scan(["S#"], limit=self.SCANNED_AT_ONCE)
        assert len(table.scan(paged).items) <= self.SCANNED_AT_ONCE
        assert scanned(table, paged) == ["S#1", "S#2", "S#4", "S#5", "S#7", "S#8"]


def scanned(table: Table, scan: Scan) -> list[str]:
    found: list[str] = []
    while True:
        page = table.scan(scan)
        found += [item["PK"] for item in page.items]
        if page.next is None:
            return sorted(found)
        scan = replace(scan, after=page.next)
