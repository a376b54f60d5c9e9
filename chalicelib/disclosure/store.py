from chalicelib import keys
from chalicelib.disclosure.cells import Cells, Dimension, Publication
from chalicelib.table import Item, Put, Table


class CellStore:
    """The ledger of the cells of sealed surveys."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, survey_id: str) -> Cells:
        item = self._table.get(keys.cells(survey_id)) or {}
        return {name: _dimension(stored) for name, stored in item.get("dimensions", {}).items()}

    def write(self, survey_id: str, cells: Cells) -> None:
        """By the job that publishes, one at a time for each survey. Raises as Table.write."""
        stored = {name: _stored(dimension) for name, dimension in cells.items()}
        self._table.write(Put({**keys.cells(survey_id).as_item(), "dimensions": stored}))


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
