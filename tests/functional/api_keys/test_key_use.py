"""When a key was used is noted once a day, and its id stands in the log."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import OutcomeUnknown
from chalicelib.table import Key, Update
from tests.functional.conftest import HOOK, Heed
from tests.support.scores import SCORES


@pytest.fixture(autouse=True)
def _unused(heed: Heed) -> None:
    (item,) = heed.items("KEY")
    wiring.table().write(Update(Key(item["PK"], item["SK"]), remove=["last_used"]))


@pytest.fixture
def writes(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is written to items of keys from here on."""
    table, made = wiring.table(), list[Any]()
    write = table.write

    def noting(wanted: Any) -> None:
        made.append(wanted)
        write(wanted)

    monkeypatch.setattr(table, "write", noting)
    return made


def last_used(heed: Heed) -> str | None:
    (item,) = heed.items("KEY")
    return item.get("last_used")


def test_a_key_is_noted_once_a_day(
    heed: Heed, writes: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = moments.now()
    for day in range(3):
        monkeypatch.setattr(moments, "now", lambda day=day: now + timedelta(days=day))
        for path in ("/v1/surveys", "/v1/tasks", SCORES):
            assert heed.call("GET", path).status_code == 200
        assert last_used(heed) == (now + timedelta(days=day)).date().isoformat()
    assert len(writes) == 3


def test_a_request_is_answered_when_its_use_cannot_be_noted(
    heed: Heed, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (OutcomeUnknown(), RuntimeError("denied")):

        def fail(_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(wiring.table(), "write", fail)
        assert heed.call("GET", "/v1/surveys").status_code == 200
    assert "note_use" in log_lines.getvalue()
    assert last_used(heed) is None


def test_a_public_page_and_a_stranger_write_nothing(heed: Heed, writes: list[Any]) -> None:
    heed.call("GET", "/v1/health")
    heed.call("GET", f"/v1/hooks/zendesk/{HOOK}")
    assert heed.http.get("/v1/surveys").status_code == 401
    assert writes == []


def test_every_line_of_a_request_names_the_key_and_never_its_secret(
    heed: Heed, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = heed.make_key(Scope.SCORES_READ)
    key_id = heed.items("KEY")[0]["id"]
    ids = {item["id"] for item in heed.items("KEY")}
    assert all(len(found) == 8 for found in ids)
    heed.call("GET", SCORES, key=key)
    heed.call("GET", "/v1/tasks", key=key)
    monkeypatch.setattr(wiring.table(), "query", lambda _: 1 / 0)
    heed.call("GET", "/v1/surveys")
    lines = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    assert [line["message"] for line in lines] == ["request", "request", "failed", "request"]
    assert {line["key"] for line in lines} == ids
    assert key_id in ids
    assert key not in log_lines.getvalue()
