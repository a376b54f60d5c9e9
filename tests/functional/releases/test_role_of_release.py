"""The job that publishes and closes may do what it does, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from msgspec.structs import replace

import app
from chalicelib import wiring
from chalicelib.kinds import KINDS
from chalicelib.table import Put
from tests.functional.conftest import Heed
from tests.functional.house.test_roles_suffice import starts
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.ballots import ANONYMOUS, stored_box
from tests.support.contention import meet_others
from tests.support.roles import Watch

MORNING = datetime(2026, 12, 17, 8, tzinfo=UTC)
ASKED = {"PK": f"MONTHS#{ANONYMOUS.id}#all#00", "SK": "2026-11#", "asked": 30}


def at(days: int, hours: int = 0) -> None:
    with time_machine.travel(MORNING + timedelta(days=days, hours=hours), tick=True):
        app.release_ballots({}, Clock(900_000))


def test_it_reads_and_writes_all_that_it_may(
    heed: Heed, roles: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_others(monkeypatch)
    with time_machine.travel(MORNING, tick=True):
        stored_box(replace(ANONYMOUS, asks_contact=True), 23, contact="a@example.com")
    wiring.table().write(Put(ASKED))
    for days, hours in ((0, 0), (2, 0), (2, 1)):
        at(days, hours)
    (record,) = heed.items("CLOSED")
    assert record["counts"] == {
        "asked": 30,
        "published": 23,
        "held": 0,
        "left_out": 0,
        "releases": 2,
    }
    for reads in (True, False):
        names = "read_by" if reads else "written_by"
        may = {kind.pk for kind in KINDS if "release_ballots" in getattr(kind, names).split()}
        assert starts(roles.asked, "release_ballots", reads) == may
