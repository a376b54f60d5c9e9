"""Counts every tally again from the raw items, beside live answers, and repairs what is wrong.

A pass reads the versions of the cells, scans the table and reads the versions again. A cell
whose versions stayed is compared. A cell whose versions changed waits for the next pass. A
difference is repaired only when two passes in a row find it: a scan may see a transaction half
done, and a scan takes longer than a transaction (docs/decisions/0012).
"""

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import Final, TypeVar

from msgspec import Struct

from chalicelib import tally_keys
from chalicelib.errors import OutOfTime, Unavailable
from chalicelib.retry import WRITE_FAILED, retrying
from chalicelib.table import Item, Key
from chalicelib.tally.cells import CellStore, Counted, CountedSurvey, Stored
from chalicelib.tally.findings import Finding, Findings, Report
from chalicelib.tally.tally import difference

PASSES: Final = 6
# A survey may be busy all night. After these passes only cells that look wrong need another.
PATIENCE: Final = 3
TRIES: Final = 6
T = TypeVar("T")


class RecountNeeds(Struct, frozen=True):
    """`repairs` False: nothing is written. `pause(attempt)` waits before a read is tried again,
    `rest` before cells that differ are read a second time."""

    cells: CellStore
    surveys: Callable[[], Iterable[CountedSurvey]]
    repairs: bool
    pause: Callable[[int], None]
    rest: Callable[[], None]
    is_time_up: Callable[[], bool] = lambda: False


def recount(needs: RecountNeeds) -> Report:
    """Safe to run twice, also at the same time: a repair needs the version that was read."""
    findings = Findings()
    try:
        _run(findings, needs)
    except Unavailable:  # of the table or of the time: the rest waits for the next run
        return findings.report(finished=False)
    return findings.report(finished=True)


def _run(findings: Findings, needs: RecountNeeds) -> None:
    known: set[str] = set()
    for survey in needs.surveys():
        known |= _retried(partial(needs.cells.places, survey), needs)
    before = _stored(known, needs)
    for number in range(1, PASSES + 1):
        counted = _count(needs)
        after = _stored(known | counted.places, needs)
        findings.start(after.keys() | counted.cells.keys() | before.keys())
        for cell in sorted(findings.unsettled, key=attrgetter("pk", "sk")):
            earlier = (
                before.get(cell, Stored()) if tally_keys.all_shards(cell.pk) in known else None
            )
            finding = Finding(after.get(cell, Stored()), counted.cells.get(cell, {}))
            if findings.compare(cell, earlier, finding):
                _settle(cell, finding, findings, needs)
        if not findings.unsettled or (number >= PATIENCE and not findings.is_suspicious):
            return
        known, before = known | counted.places, after
        if findings.suspects:
            needs.rest()


def _settle(cell: Key, finding: Finding, findings: Findings, needs: RecountNeeds) -> None:
    if not needs.repairs:
        findings.unsettled.discard(cell)
        return
    missing = difference(finding.stored.counts, finding.counted)
    try:
        _check_time(needs)
        if needs.cells.repair(cell, finding.stored, missing):
            findings.unsettled.discard(cell)
            findings.repaired.add(cell)
    except WRITE_FAILED:
        return  # only a new pass can tell what is stored


def _count(needs: RecountNeeds) -> Counted:
    counted = Counted()
    after: Item | None = None
    while True:
        after = _retried(partial(needs.cells.count_page, counted, after), needs)
        if after is None:
            return counted


def _stored(places: Iterable[str], needs: RecountNeeds) -> dict[Key, Stored]:
    cells: dict[Key, Stored] = {}
    for place in sorted(places):
        cells |= _retried(partial(needs.cells.stored, place), needs)
    return cells


def _retried(read: Callable[[], T], needs: RecountNeeds) -> T:
    def read_in_time(_: int) -> T:
        _check_time(needs)
        return read()

    return retrying(read_in_time, needs.pause, TRIES, on=(Unavailable,))


def _check_time(needs: RecountNeeds) -> None:
    if needs.is_time_up():
        raise OutOfTime
