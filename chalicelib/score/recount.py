"""Counts every tally again from the raw items, beside live answers, and repairs what is wrong.

A pass reads the versions of the cells, scans the table and reads the versions again. A cell
whose versions stood still is compared; one that moved waits for the next pass. What differs
is repaired only when a second pass in a row finds the same: a scan may see a transaction half
done, and takes longer than that lasts (docs/decisions/0012).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Final, TypeVar

from chalicelib import keys
from chalicelib.errors import (
    HeedError,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.score.cells import CellStore, Counted, Stored
from chalicelib.score.tally import Counts, difference
from chalicelib.survey.definition import Survey
from chalicelib.table import Item, Key

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
    before what differs is looked at a second time. `page` None is the table's own size."""

    cells: CellStore
    surveys: Callable[[], Iterable[Survey]]
    repairs: bool
    pause: Callable[[int], None]
    rest: Callable[[], None]
    is_time_up: Callable[[], bool] = lambda: False
    page: int | None = None


@dataclass(frozen=True)
class Mismatch:
    """`day` is a month (`2026-11`) for a cell of the months."""

    survey: str
    segment: str
    day: str
    stored: Mapping[str, int]
    counted: Mapping[str, int]
    repaired: bool

    @property
    def difference(self) -> dict[str, int]:
        """What the tally lacked, by field."""
        return difference(self.stored, self.counted)


@dataclass(frozen=True)
class Report:
    """`busy` cells changed during every pass, or time ran out (`finished` False): of them
    nothing is known. A segment may name a person's team or firm: no log line holds one."""

    surveys: tuple[str, ...]
    cells: int
    busy: int
    mismatched: tuple[Mismatch, ...]
    finished: bool

    @property
    def checked(self) -> int:
        return self.cells - self.busy

    @property
    def repaired(self) -> int:
        return sum(mismatch.repaired for mismatch in self.mismatched)

    @property
    def is_settled(self) -> bool:
        return self.finished and not self.busy and self.repaired == len(self.mismatched)


@dataclass(frozen=True)
class Finding:
    stored: Stored
    counted: Counts


@dataclass
class Book:
    """What is known of each cell so far."""

    cells: set[Key] = field(default_factory=set)
    unsettled: set[Key] = field(default_factory=set)
    suspects: dict[Key, Finding] = field(default_factory=dict)
    wrong: dict[Key, Finding] = field(default_factory=dict)
    repaired: set[Key] = field(default_factory=set)

    def open(self, cells: set[Key]) -> None:
        """The first pass says which cells there are."""
        if not self.cells:
            self.cells, self.unsettled = cells, set(cells)

    def compare(self, cell: Key, before: Stored | None, finding: Finding) -> bool:
        """Whether the cell is wrong for the second time in a row."""
        suspect = self.suspects.pop(cell, None)
        if before is None or before.versions != finding.stored.versions:
            return False
        if not difference(finding.stored.counts, finding.counted):
            self.unsettled.discard(cell)
            # A repair whose outcome nobody knew, or somebody else's.
            self.repaired |= {cell} & self.wrong.keys()
            return False
        if suspect != finding:
            self.suspects[cell] = finding
            return False
        self.wrong[cell] = finding
        return True

    @property
    def is_suspicious(self) -> bool:
        return bool(self.suspects or self.unsettled & self.wrong.keys())

    def report(self, finished: bool) -> Report:
        wrong = sorted(self.wrong.items(), key=lambda entry: keys.named(entry[0]))
        return Report(
            surveys=tuple(sorted({keys.named(cell)[0] for cell in self.cells})),
            cells=len(self.cells),
            busy=len(self.unsettled - self.wrong.keys()),
            mismatched=tuple(
                Mismatch(
                    *keys.named(cell), found.stored.counts, found.counted, cell in self.repaired
                )
                for cell, found in wrong
            ),
            finished=finished,
        )


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
        after = _tried(partial(needs.cells.count_page, counted, after, needs.page), needs)
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
