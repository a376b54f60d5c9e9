"""A recount beside live answers never makes a right tally wrong, and makes a wrong one right.

Each history is a small table, wrong or not, and one recount with something happening before
its calls: answers, changes, erasures, mails, beacons, ticks, another recount, faults of its
own calls. The seed is the history; whoever wants to see one again runs it alone."""

from contextlib import suppress

import pytest

from chalicelib.errors import HeedError
from chalicelib.table import Key
from chalicelib.tally.cells import Counted, Stored
from chalicelib.tally.findings import Finding, Findings, Report
from chalicelib.tally.recount import RecountNeeds
from chalicelib.tally.tally import difference
from tests.support.recount_world import World

HISTORIES = 500  # of each of the tests below
RATES = (0.02, 0.1, 0.4)


def test_a_right_tally_is_never_made_wrong_and_never_called_wrong() -> None:
    for seed in range(HISTORIES):
        world = World(seed, RATES[seed % 3])
        report = world.recount()
        assert not world.wrong(), seed
        assert report, seed
        assert not report.mismatched, seed


def test_a_wrong_tally_is_made_right_unless_it_is_told_busy() -> None:
    repaired = busy = 0
    for seed in range(HISTORIES):
        world = World(seed, RATES[seed % 3])
        world.corrupt()
        wrong = world.wrong()
        report = world.recount()
        assert report, seed
        assert world.wrong() <= wrong, seed
        unsettled = len(report.mismatched) - report.repaired + report.busy
        assert len(world.wrong()) <= unsettled, seed
        repaired, busy = repaired + report.repaired, busy + report.busy
        world.recount_quietly()
        assert not world.wrong(), seed
    assert repaired > HISTORIES / 2
    assert busy


def test_faults_and_crashes_of_the_recount_itself_never_add_twice() -> None:
    plan = ["", "", "", "conflict", "late", "lost", "unreadable", "crash after"]
    for seed in range(HISTORIES):
        world = World(seed, (0.0, 0.05, 0.2)[seed % 3])
        world.corrupt()
        wrong = world.wrong()
        world.faults = [*plan, *[""] * 200, "crash before"] if seed % 4 == 0 else plan
        world.recount()
        assert world.wrong() <= wrong, seed
        world.recount_quietly()
        world.recount_quietly()
        world.arrive()
        assert not world.wrong(), seed


def test_a_transaction_that_is_seen_half_done_is_not_taken_for_a_wrong_tally() -> None:
    for seed in range(HISTORIES):
        world = World(seed, RATES[seed % 3], torn=True)
        if seed % 2:
            world.corrupt()
        wrong = world.wrong()
        world.recount()
        assert world.wrong() <= wrong, seed
        world.recount_quietly()
        assert not world.wrong(), seed


def test_the_same_histories_break_a_recount_without_the_lock() -> None:
    broken = 0
    for seed in range(100):
        world = World(seed, RATES[seed % 3])
        world.recount(without_the_lock)
        broken += bool(world.wrong())
    assert broken > 20


def test_the_same_histories_break_a_recount_that_looks_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compare = Findings.compare

    def hasty(findings: Findings, cell: Key, before: Stored | None, finding: Finding) -> bool:
        findings.suspects[cell] = finding
        return compare(findings, cell, before, finding)

    monkeypatch.setattr(Findings, "compare", hasty)
    broken = 0
    for seed in range(300):
        world = World(seed, RATES[seed % 3], torn=True)
        world.recount()
        broken += bool(world.wrong())
    assert broken > 3


def without_the_lock(needs: RecountNeeds) -> Report:
    counted, after = Counted(), None
    while after := needs.cells.count_page(counted, after):
        pass
    for partition in sorted(counted.places):
        for cell, stored in needs.cells.stored(partition).items():
            missing = difference(stored.counts, counted.cells.get(cell, {}))
            with suppress(HeedError):
                needs.cells.repair(cell, stored, missing)
    return Findings().report(finished=True)
