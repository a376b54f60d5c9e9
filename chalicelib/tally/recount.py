"""Counts every tally again from the raw items, beside live answers, and repairs what is wrong.

A pass reads the versions of the cells, scans the table and reads the versions again. A cell
whose versions stood still is compared; one that moved waits for the next pass. What differs
is repaired only when a second pass in a row finds the same: a scan may see a transaction half
done, and takes longer than that lasts (docs/decisions/0012).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Final, TypeVar

from chalicelib.errors import (
    HeedError,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.table import Item, Key
from chalicelib.tally.cells import CellStore, Counted, CountedSurvey, Stored
from chalicelib.tally.findings import Book, Finding, Report
from chalicelib.tally.tally import difference

PASSES: Final = 6
# A busy survey is busy all night: after these only what looks wrong is worth a pass.
PATIENCE: Final = 3
TRIES: Final = 6
# Only a new pass can tell what stands after these.
COME_AGAIN = (WriteRefused, WriteConflict, OutcomeUnknown)
T = TypeVar("T")


class OutOfTime(HeedError):
    """The rest waits for the next run."""


@dataclass(frozen=True)
class Recounting:
    """`repairs` False only looks. `pause(attempt)` waits before a read is tried again, `rest`
    before what differs is looked at a second time."""

    cells: CellStore
    surveys: Callable[[], Iterable[CountedSurvey]]
    repairs: bool
    pause: Callable[[int], None]
    rest: Callable[[], None]
    is_time_up: Callable[[], bool] = lambda: False


def recount(needs: Recounting) -> Report:
    """Safe to run twice, at once too: a repair stands on the version that it was found at."""
    book = Book()
    try:
        _run(book, needs)
    except (OutOfTime, Unavailable):
        return book.report(finished=False)
    return book.report(finished=True)


def _run(book: Book, needs: Recounting) -> None:
    known: set[str] = set()
    for survey in needs.surveys():
        known |= _tried(partial(needs.cells.partitions, survey), needs)
    before = _stored(known, needs)
    for number in range(1, PASSES + 1):
        counted = _count(needs)
        after = _stored(known | counted.partitions, needs)
        book.open(after.keys() | counted.cells.keys() | before.keys())
        for cell in sorted(book.unsettled, key=attrgetter("pk", "sk")):
            was = before.get(cell, Stored()) if cell.pk in known else None
            finding = Finding(after.get(cell, Stored()), counted.cells.get(cell, {}))
            if book.compare(cell, was, finding):
                _settle(cell, finding, book, needs)
        if not book.unsettled or (number >= PATIENCE and not book.is_suspicious):
            return
        known, before = known | counted.partitions, after
        if book.suspects:
            needs.rest()


def _settle(cell: Key, finding: Finding, book: Book, needs: Recounting) -> None:
    if not needs.repairs:
        book.unsettled.discard(cell)
        return
    missing = difference(finding.stored.counts, finding.counted)
    try:
        _check_time(needs)
        if needs.cells.repair(cell, finding.stored, missing):
            book.unsettled.discard(cell)
            book.repaired.add(cell)
    except COME_AGAIN:
        return


def _count(needs: Recounting) -> Counted:
    counted = Counted()
    after: Item | None = None
    while True:
        after = _tried(partial(needs.cells.count_page, counted, after), needs)
        if after is None:
            return counted


def _stored(partitions: Iterable[str], needs: Recounting) -> dict[Key, Stored]:
    cells: dict[Key, Stored] = {}
    for partition in sorted(partitions):
        cells |= _tried(partial(needs.cells.stored, partition), needs)
    return cells


def _tried(read: Callable[[], T], needs: Recounting) -> T:
    for attempt in range(TRIES):
        _check_time(needs)
        try:
            return read()
        except Unavailable:
            needs.pause(attempt)
    raise Unavailable


def _check_time(needs: Recounting) -> None:
    if needs.is_time_up():
        raise OutOfTime
