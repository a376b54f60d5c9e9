"""Who was erased in either stack stays erased, and who wants no mail gets none."""

from pathlib import Path
from typing import Any

import pytest

from chalicelib import keys, wiring
from chalicelib.publish import events_of
from chalicelib.table import Put, Update
from tests.functional.conftest import Heed
from tests.support.carrying import emptied, run
from tests.support.recount import recounted, tallied
from tests.support.storm import ASKED, EMAIL, SURVEYED, Storm

INVITATIONS = f"{SURVEYED}/invitations"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "export")


@pytest.fixture
def storm(heed: Heed) -> Storm:
    return Storm(heed)


def carry(monkeypatch: Any, command: str, way: str, folder: str) -> str:
    said, error = run(monkeypatch, command, way, folder)
    assert error is None, (said, error)
    return said


def erase(heed: Heed) -> None:
    assert heed.call("POST", "/v1/people/erasures", {"email": EMAIL}).status_code == 200


def test_an_export_of_before_an_erasure_brings_nobody_back(
    heed: Heed, storm: Storm, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm.happens()
    carry(monkeypatch, "export", "--to", folder)
    erase(heed)
    said = carry(monkeypatch, "import", "--from", folder)
    assert "left out, because their person was erased" in said
    assert storm.told() == [keys.person(storm.person)]
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_who_was_erased_there_is_erased_here_too(
    heed: Heed, storm: Storm, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase(heed)
    carry(monkeypatch, "export", "--to", folder)
    emptied(heed)
    Storm(heed).happens()
    assert len(storm.told()) > 10
    carry(monkeypatch, "import", "--from", folder)
    assert storm.told() == [keys.person(storm.person)]
    assert tallied(heed.stored()) == recounted(heed.stored())


@pytest.mark.parametrize("place", [keys.person, keys.opt_out])
def test_who_unsubscribed_there_is_not_mailed_here(
    heed: Heed, storm: Storm, folder: str, monkeypatch: pytest.MonkeyPatch, place: Any
) -> None:
    flags = {"unsubscribed_at": "2026-11-01T00:00:00.000Z", "id": storm.person}
    wiring.table().write(Put({**place(storm.person).as_item(), **flags}))
    carry(monkeypatch, "export", "--to", folder)
    emptied(heed)
    Storm(heed)
    heed.call("POST", INVITATIONS, ASKED)
    before = wiring.table().get(keys.person(storm.person))
    carry(monkeypatch, "import", "--from", folder)
    after = wiring.table().get(keys.person(storm.person))
    asked = heed.call("POST", INVITATIONS, ASKED | {"ticket": {"id": "another"}}).json_body
    assert asked["reason"] == "unsubscribed"
    assert before is not None
    assert events_of({"id": "event", "occurred_at": "now"}, before, after or {}) == []


def test_a_flag_of_here_is_kept(
    heed: Heed, storm: Storm, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heed.call("POST", INVITATIONS, ASKED)
    carry(monkeypatch, "export", "--to", folder)
    wiring.table().write(Update(keys.person(storm.person), set={"bounced_at": "t"}))
    carry(monkeypatch, "import", "--from", folder)
    assert (wiring.table().get(keys.person(storm.person)) or {})["bounced_at"] == "t"
