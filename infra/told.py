"""Tells what a command found: as JSON to a program, as text or a table to a reader."""

import json
import sys
from collections.abc import Mapping, Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from infra.progress import console


def tell(facts: object, *shown: RenderableType) -> None:
    """`facts` with `--json`, else what is `shown`."""
    if console.stderr:
        sys.stdout.write(json.dumps(facts, indent=2, default=str) + "\n")
        return
    for part in shown:
        console.print(part, soft_wrap=isinstance(part, str))


def tell_rows(rows: Sequence[Mapping[str, object]], empty: str) -> None:
    """`empty` is what a reader is told when there are none."""
    tell(rows, table_of(rows) if rows else empty)


def table_of(rows: Sequence[Mapping[str, object]]) -> Table:
    table = Table(*(name.replace("_", " ") for name in rows[0]))
    for row in rows:
        table.add_row(*map(_text, row.values()))
    return table


def _text(value: object) -> str:
    if isinstance(value, list):
        return escape(" ".join(map(str, value)))
    return escape("" if value is None else str(value))
