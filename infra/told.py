"""Tells what a command found: as JSON to a program, as text or a table to a reader."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Final, TextIO

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Column, Table

from infra.progress import console

_program: TextIO | None = None
UNFOLDED: Final = 10_000  # columns


@contextmanager
def to_a_program() -> Iterator[None]:
    """Whatever else is written, as by a log, goes to stderr."""
    global _program
    _program = sys.stdout
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        _program = None


def tell(facts: object, *shown: RenderableType) -> None:
    """`facts` to a program, else what is `shown`."""
    if _program:
        _program.write(json.dumps(facts, indent=2, default=str) + "\n")
        _program.flush()  # `run` goes on
        return
    if not console.is_terminal:  # nobody sees a width, and a program reads lines
        console.width = UNFOLDED
    for part in shown:
        console.print(part, soft_wrap=isinstance(part, str))


def tell_rows(rows: Sequence[Mapping[str, object]], empty: str) -> None:
    """`empty` is what a reader is told when there are none."""
    tell(rows, table_of(rows) if rows else empty)


def table_with(*names: str) -> Table:
    """What is wider than a terminal is folded there, and not cut off."""
    return Table(*(Column(name, overflow="fold") for name in names))


def table_of(rows: Sequence[Mapping[str, object]]) -> Table:
    table = table_with(*(name.replace("_", " ") for name in rows[0]))
    for row in rows:
        table.add_row(*map(_text, row.values()))
    return table


def _text(value: object) -> str:
    if isinstance(value, list):
        return escape(" ".join(map(str, value)))
    return escape("" if value is None else str(value))
