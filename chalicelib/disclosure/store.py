from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from chalicelib import sealed_keys
from chalicelib.disclosure.cells import Cells, Dimension, Publication
from chalicelib.disclosure.options import Shown
from chalicelib.table import ABSENT, Item, Put, Table


class Ledger(Struct, frozen=True):
    """`releases` is how many there were when the cells were decided on. `questions` has what is
    shown of each."""

    cells: Cells
    releases: int = 0
    questions: Mapping[str, Shown] = field(default_factory=dict)


class CellStore:
    """The cells of sealed surveys that are shown."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def ledger(self, survey_id: str) -> Ledger:
        item = self._table.get(sealed_keys.cells(survey_id)) or {}
        stored = item.get("dimensions", {})
        cells = {name: _dimension(dimension) for name, dimension in stored.items()}
        asked = {name: _shown(shown) for name, shown in item.get("questions", {}).items()}
        return Ledger(cells, item.get("releases", 0), asked)

    def write(self, survey_id: str, ledger: Ledger, over: Ledger) -> None:
        """What was shown once is never forgotten, so only over the one that was read. Raises as
        Table.write."""
        stored = {name: _stored(dimension) for name, dimension in ledger.cells.items()}
        asked = {name: _stored_counts(shown) for name, shown in ledger.questions.items()}
        item = {"dimensions": stored, "releases": ledger.releases, "questions": asked}
        as_read = {"releases": over.releases or ABSENT}
        self._table.write(Put({**sealed_keys.cells(survey_id).as_item(), **item}, as_read))


def _stored(dimension: Dimension) -> Item:
    return {
        "cells": {
            value: {str(score): count for score, count in counts.items()}
            for value, counts in dimension.cells.items()
        },
        "hidden": dict(dimension.hidden),
        "published": _blocks(dimension.published),
    }


def _stored_counts(shown: Shown) -> Item:
    return {"counts": dict(shown.counts), "published": _blocks(shown.published)}


def _shown(stored: Item) -> Shown:
    return Shown(stored["counts"], _publications(stored["published"]))


def _blocks(published: Sequence[Publication]) -> list[list[int | str]]:
    return [[one.block, *one.values] for one in published]


def _publications(stored: Sequence[Any]) -> tuple[Publication, ...]:
    return tuple(Publication(block, tuple(values)) for block, *values in stored)


def _dimension(stored: Item) -> Dimension:
    return Dimension(
        {
            value: {int(score): count for score, count in counts.items()}
            for value, counts in stored["cells"].items()
        },
        stored["hidden"],
        _publications(stored["published"]),
    )
