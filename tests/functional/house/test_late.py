"""What waits is held by an import until everything is there, and is set aside when it is late."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib import keys, moments, wiring
from chalicelib.invitations.invitation import Status
from chalicelib.table import Key, Query
from infra.importing import arrived
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.carrying import emptied, reminder_waits, run, waits
from tests.support.samples import SURVEY

HOURS = timedelta(hours=1)


def moved(monkeypatch: Any, heed: Heed, folder: Path, *words: str) -> None:
    run(monkeypatch, "export", "--to", str(folder), *words)
    emptied(heed)
    said, error = run(monkeypatch, "import", "--from", str(folder))
    assert error is None, said


def item(key: Key) -> dict[str, Any]:
    found = wiring.table().get(key)
    assert found
    return found


def where(key: Key) -> str:
    """In which part of the due index it is."""
    shard = str(item(key).get("due_shard", "nowhere"))
    return shard if shard == keys.SET_ASIDE else "due" if shard.isdigit() else shard


@pytest.mark.parametrize(
    ("late", "place"), [(25, "aside"), (24 * 400, "aside"), (23, "due"), (-30, "due")]
)
def test_what_was_due_for_more_than_a_day_does_not_go_by_itself_after_an_import(
    heed: Heed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: int, place: str
) -> None:
    waiting = keys.invitation(waits("waiting", late * HOURS))
    queued = keys.invitation(waits("queued", late * HOURS, Status.QUEUED))
    reminder = keys.reminder(reminder_waits("reminder", late * HOURS))
    moved(monkeypatch, heed, tmp_path / "export")
    assert [where(key) for key in (waiting, queued, reminder)] == [place] * 3
    app.tick({}, Clock())
    goes = place == "due" and late > 0
    for key in (waiting, queued, reminder):
        assert item(key)["status"] == ("queued" if goes else "waiting"), key
    assert ("late" in run(monkeypatch, "aside")[0]) == (place == "aside")


def test_what_is_set_aside_goes_when_it_is_brought_back(
    heed: Heed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = keys.invitation(waits("queued", 30 * HOURS, Status.QUEUED))
    moved(monkeypatch, heed, tmp_path / "export")
    run(monkeypatch, "aside", "--back", "all")
    app.tick({}, Clock())
    assert item(queued)["status"] == "queued"


def test_no_mail_of_one_survey_goes_by_itself_since_its_old_stack_sends_it_too(
    heed: Heed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = keys.invitation(waits("soon", -HOURS))
    moved(monkeypatch, heed, tmp_path / "export", "--survey", SURVEY.id)
    assert where(soon) == keys.SET_ASIDE


def test_no_tick_finds_what_an_import_has_not_let_go(heed: Heed) -> None:
    key = keys.invitation(waits("waiting", HOURS))
    held = arrived(item(key), moments.now(), alone=False)
    assert held["due_shard"] == keys.IMPORTING
    assert held["due_shard"] not in map(str, range(keys.DUE_SHARDS))
    assert arrived(held, moments.now(), alone=False)["due_shard"] == keys.IMPORTING


def test_an_import_that_ended_holds_nothing(
    heed: Heed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits("waiting", HOURS)
    moved(monkeypatch, heed, tmp_path / "export")
    assert wiring.table().query(Query(keys.IMPORTING, index="due")).items == []


class TestAfterARestore:
    def test_what_is_late_is_counted_and_then_set_aside(
        self, heed: Heed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = keys.invitation(waits("old", 25 * HOURS))
        queued = keys.invitation(waits("queued", 25 * HOURS, Status.QUEUED))
        fresh = keys.invitation(waits("fresh", 23 * HOURS))
        before = heed.stored()
        assert "2 that waits" in run(monkeypatch, "late", "--dry")[0]
        assert heed.stored() == before
        assert "2 that waits" in run(monkeypatch, "late")[0]
        assert [where(key) for key in (old, queued, fresh)] == ["aside", "aside", "due"]
        assert "0 that waits" in run(monkeypatch, "late")[0]

    def test_hours_0_sets_aside_whatever_is_due_and_leaves_what_will_be(
        self, heed: Heed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now, soon = (
            keys.invitation(waits(name, late)) for name, late in (("a", HOURS), ("b", -HOURS))
        )
        run(monkeypatch, "late", "--hours", "0")
        app.tick({}, Clock())
        assert (where(now), where(soon)) == ("aside", "due")
        assert item(now)["status"] == "waiting"
