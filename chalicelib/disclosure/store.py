from dataclasses import dataclass

from chalicelib import sealed_keys
from chalicelib.disclosure.cells import Cells, Dimension, Publication
from chalicelib.table import ABSENT, Item, Put, Table


@dataclass(frozen=True)
class Ledger:
    """`releases` is how many there were when the cells were decided on."""

    cells: Cells
    releases: int = 0


class CellStore:
    """The cells of sealed surveys that are shown."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def ledger(self, survey_id: str) -> Ledger:
        item = self._table.get(sealed_keys.cells(survey_id)) or {}
        stored = item.get("dimensions", {})
        cells = {name: _dimension(dimension) for name, dimension in stored.items()}
        return Ledger(cells, item.get("releases", 0))

    def write(self, survey_id: str, ledger: Ledger, over: Ledger) -> None:
        """What was shown once is never forgotten, so only over the one that was read. Raises as
        Table.write."""
        stored = {name: _stored(dimension) for name, dimension in ledger.cells.items()}
        item = {"dimensions": stored, "releases": ledger.releases}
        as_read = {"releases": over.releases or ABSENT}
        self._table.write(Put({**sealed_keys.cells(survey_id).as_item(), **item}, as_read))


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
