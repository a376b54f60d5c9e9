"""The night's count of outcomes: nothing erased comes back, and nothing is counted twice."""

from datetime import timedelta

import pytest

from chalicelib import moments
from chalicelib.errors import Unavailable
from chalicelib.outcomes.snapshot import WINDOWS
from chalicelib.people.store import PeopleStore
from chalicelib.snapshots import SnapshotStore
from chalicelib.take_snapshots import Taken, run_snapshots, take_snapshots
from tests.support import snapshots
from tests.support.samples import SURVEY

NAMES = {f"OUTCOMES#{kind}#{days}" for kind in ("referral", "renewal", "churn") for days in WINDOWS}


def test_a_survey_is_counted_once_a_day() -> None:
    table, now = snapshots.people(10), moments.now()
    assert take_snapshots(now, snapshots.needs(table)) == Taken(taken=1)
    assert {item["SK"] for item in snapshots.kept_in(table)} == NAMES | {"ACCOUNTS"}
    assert take_snapshots(now, snapshots.needs(table)) == Taken()
    assert take_snapshots(now + timedelta(days=1), snapshots.needs(table)) == Taken(taken=1)


def test_an_erasure_while_it_counts_is_not_undone() -> None:
    table, now = snapshots.people(10), moments.now()
    people = PeopleStore(table)
    needs = snapshots.needs(table, rest=lambda: people.finish(people.begin("anna", now), now))
    assert take_snapshots(now, needs) == Taken(outrun=1)
    assert SnapshotStore(table).get(SURVEY.id, "ACCOUNTS") is None
    assert take_snapshots(now, snapshots.needs(table)) == Taken(taken=1)


def test_an_erasure_is_counted_when_it_begins_and_when_it_ends() -> None:
    table, now = snapshots.people(10), moments.now()
    people, kept = PeopleStore(table), SnapshotStore(table)
    take_snapshots(now, snapshots.needs(table))
    begun = people.begin("anna", now)
    assert kept.get(SURVEY.id, "ACCOUNTS") is None
    take_snapshots(now, snapshots.needs(table))
    assert kept.get(SURVEY.id, "ACCOUNTS")
    people.finish(begun, now)
    assert kept.get(SURVEY.id, "ACCOUNTS") is None


def test_when_the_time_is_up_what_was_kept_stays() -> None:
    table, now = snapshots.people(10), moments.now()
    take_snapshots(now, snapshots.needs(table))
    before = snapshots.kept_in(table)
    needs = snapshots.needs(table, is_time_up=lambda: True)
    assert take_snapshots(now + timedelta(days=1), needs) == Taken(failed=1)
    assert snapshots.kept_in(table) == before


def test_a_failure_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.take_snapshots._needs", lambda _: None)
    monkeypatch.setattr("chalicelib.take_snapshots.take_snapshots", lambda *_: Taken(failed=1))
    with pytest.raises(Unavailable):
        run_snapshots(None)


def test_no_snapshot_names_a_person() -> None:
    table = snapshots.people(40)
    take_snapshots(moments.now(), snapshots.needs(table))
    people = {item["person"] for item in table.items.values() if "person" in item}
    told = str(snapshots.kept_in(table))
    assert people
    assert not [person for person in people if person in told]
