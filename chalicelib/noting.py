"""Writes the line of a change with the first thing that is written of it, in one transaction. So no
change is without its line, wherever it stops. What is written elsewhere, into a secret or into
another table, or fills a transaction alone, has its line a moment before: such a line tells what
was begun."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final, TypeVar

from msgspec.structs import replace

from chalicelib import ids
from chalicelib.audit import Change, line_of
from chalicelib.shared_reads import is_sharing, read_once
from chalicelib.table import MOST_WRITES, Check, Item, Key, Page, Query, Scan, Table, Update, Write

T = TypeVar("T")
END: Final = "done"
Writes = Sequence[Write | Check]


class Line:
    """Of a change that goes on now. `id` is the same when it is done a second time."""

    def __init__(self, change: Change, line_id: str) -> None:
        self.change, self.id = change, line_id
        self.is_written = False


_LINE: Final[ContextVar[Line | None]] = ContextVar("line", default=None)


@contextmanager
def noting(change: Change, line_id: str = "") -> Iterator[None]:
    """What is written inside is this change."""
    token = _LINE.set(Line(change, line_id or ids.new_id()))
    try:
        yield
    finally:
        _LINE.reset(token)


def about(what: str, survey: str | None = None, line_id: str = "") -> None:
    """Names what the change makes or takes away, below /v1, before it is written."""
    line = _pending()
    if line:
        of = survey or line.change.survey
        line.change = replace(line.change, what=f"/v1/{what}", survey=of)
        line.id = line_id or line.id


def acting(act: str) -> None:
    """Names what is done, where one form does several things. Before it is written."""
    line = _pending()
    if line:
        line.change = replace(line.change, act=act)


def note_end(table: Table, now: datetime) -> None:
    """Of a change that takes long, and that wrote something. Raises as Table.write."""
    line = _LINE.get()
    if line and line.is_written:
        table.write(line_at_end(line.change, line.id, now))


def line_at_end(change: Change, line_id: str, now: datetime) -> Update:
    """`line_id` is that of the line at its beginning."""
    return line_of(replace(change, at=now, act=f"{change.act}_{END}"), f"{line_id}-{END}")


class NotingTable:
    """Each write is as it was; the first one of a change has its line with it."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def write(self, write: Write) -> None:
        if _pending():
            self.transact([write])
        else:
            self._table.write(write)

    def update(self, update: Update) -> Item:
        if not _pending():
            return self._table.update(update)
        self.transact([update])
        return self._table.get(update.key) or {}

    def transact(self, writes: Writes) -> None:
        line = _pending()
        if line and len(writes) == MOST_WRITES:
            self.note()
            line = None
        if line is None:
            self._table.transact(writes)
            return
        self._table.transact([*writes, line_of(line.change, line.id)])
        line.is_written = True

    def note(self) -> None:
        """The line, before a change that is not of this table. Raises as Table.write."""
        line = _pending()
        if line:
            self._table.write(line_of(line.change, line.id))
            line.is_written = True

    def get(self, key: Key) -> Item | None:
        if not is_sharing():
            return self._table.get(key)
        found = read_once((id(self), key), lambda: self._table.get(key))
        return {**found} if found is not None else None

    def get_all(self, keys: Sequence[Key], consistent: bool = True) -> dict[Key, Item]:
        return self._table.get_all(keys, consistent)

    def query(self, query: Query) -> Page:
        if not is_sharing():
            return self._table.query(query)
        page = read_once((id(self), repr(query)), lambda: self._table.query(query))
        return Page([{**item} for item in page.items], page.next)

    def together(self, reads: Sequence[Callable[[], T]]) -> list[T]:
        return self._table.together(reads)

    def scan(self, scan: Scan) -> Page:
        return self._table.scan(scan)


class NotedElsewhere(NotingTable):
    """A table that holds no lines: `note` writes them before its first write of a change."""

    def __init__(self, table: Table, note: Callable[[], None]) -> None:
        super().__init__(table)
        self._note = note

    def write(self, write: Write) -> None:
        self._note()
        self._table.write(write)

    def update(self, update: Update) -> Item:
        self._note()
        return self._table.update(update)

    def transact(self, writes: Writes) -> None:
        self._note()
        self._table.transact(writes)


def _pending() -> Line | None:
    line = _LINE.get()
    return line if line and not line.is_written else None
