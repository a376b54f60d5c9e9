"""What the product's own recount counts, in the form of tests/support/recount.py:
the two must agree and share nothing."""

from collections.abc import Iterable

from chalicelib import tally_keys
from chalicelib.recount import KINDS
from chalicelib.table import Item, Key
from chalicelib.tally.cells import CellStore, Counted
from tests.support.fakes import FakeTable
from tests.support.recount import Cells


def counted_again(items: Iterable[Item]) -> Cells:
    table, counted = FakeTable(), Counted()
    table.items = {Key(item["PK"], item["SK"]): item for item in items}
    CellStore(table, KINDS).count_page(counted, None)
    return {
        tally_keys.named(cell): kept
        for cell, counts in counted.cells.items()
        if (kept := {field: count for field, count in counts.items() if count})
    }
