from chalicelib import keys
from chalicelib.disclosure.cells import Cells, Dimension, Publication
from chalicelib.table import ABSENT, Item, Put, Table


class CellStore:
    """The ledger of the cells of sealed surveys."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, survey_id: str) -> Cells:
        return self.read_for_change(survey_id)[0]

    def read_for_change(self, survey_id: str) -> tuple[Cells, int]:
        """With the version to write over, 0 of none."""
        item = self._table.get(keys.cells(survey_id)) or {}
        stored = item.get("dimensions", {})
        return {name: _dimension(one) for name, one in stored.items()}, item.get("version", 0)

    def write(self, survey_id: str, cells: Cells, over: int) -> None:
        """What was shown once is never forgotten, so only over the version that was read. Raises
        as Table.write."""
        stored = {name: _stored(dimension) for name, dimension in cells.items()}
        item = {**keys.cells(survey_id).as_item(), "dimensions": stored, "version": over + 1}
        self._table.write(Put(item, {"version": over or ABSENT}))


def _stored(dimension: Dimension) -> Item:
    return {
        "cells": {
            value: {str(score): count for score, count in counts.items()}
            for value, counts in dimension.cells.items()
        },
        "hidden": dict(dimension.hidden),
        "published": [[one.block, *one.values] for one in dimension.published],
    }


def _dimension(stored: Item) -> Dimension:
    return Dimension(
        {
            value: {int(score): count for score, count in counts.items()}
            for value, counts in stored["cells"].items()
        },
        stored["hidden"],
        tuple(Publication(block, tuple(values)) for block, *values in stored["published"]),
    )
