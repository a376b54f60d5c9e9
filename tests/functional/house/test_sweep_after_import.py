"""What was told in the stack that an export is of, the sweep of the new one tells nobody again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from chalicelib.surveys.plan import Effect
from tests.functional.conftest import Heed
from tests.functional.house.test_sweep import sweep
from tests.support.answers import NOON
from tests.support.carrying import emptied, run
from tests.support.tasks import hear
from tests.support.telling import Desk

AN_HOUR = timedelta(minutes=61)
PLAN = [Effect(do="open_task"), Effect(do="words_to_team")]


@pytest.fixture
def desk(heed: Heed) -> Iterator[Desk]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Desk(heed, clock)


def moved(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a new stack, in which a sweep finds all that is an hour old."""
    for words in (("export", "--to"), ("import", "--from")):
        _, error = run(monkeypatch, *words, str(folder))
        assert error is None
        if words[0] == "export":
            emptied(desk.heed)
    desk.said.clock.shift(AN_HOUR)


def test_nobody_is_told_again_of_a_task_that_waits(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.opens("a")
    desk.tell()
    moved(desk, tmp_path / "export", monkeypatch)
    assert "task_letter" not in sweep()["found"]
    assert desk.letters("task_opened") == []


def test_nobody_is_mailed_a_second_time_what_they_were_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.patch(desk.opens("a"), state="closed", cause="Wi-Fi", tell="It works again.")
    moved(desk, tmp_path / "export", monkeypatch)
    assert "closing" not in sweep()["found"]
    assert desk.letters("closing") == []


def test_no_words_go_to_the_team_a_second_time(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.said.put(task_team="desk", plan=PLAN)
    desk.opens("a", "Too slow.")
    assert desk.told("words") == ["kari", "olav"]
    moved(desk, tmp_path / "export", monkeypatch)
    assert sweep()["found"] == {}


def test_what_happens_after_the_import_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = desk.opens("a")
    moved(desk, tmp_path / "export", monkeypatch)
    desk.patch(task, state="closed", cause="Wi-Fi", tell="It works again.")
    desk.said.clock.shift(AN_HOUR)
    assert sweep()["found"]["closing"] == 1
    desk.patch(task, state="open")
    desk.said.clock.shift(AN_HOUR)
    assert sweep()["found"]["task_letter"] >= 1
    assert desk.told("task_opened") == ["olav"]


def test_an_unhappy_answer_whose_task_did_not_come_along_gets_one(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = desk.said.answer("a", 2, "Too slow.")
    moved(desk, tmp_path / "export", monkeypatch)
    assert sweep()["found"] == {"task": 1}
    hear(answer)
    assert [task["id"] for task in desk.heed.items("TASK")] == [answer]
    assert desk.letters("words") == []
