"""What a release stored is read by the ones behind it, and what they store it could read. A
release is tests/data/stored/<version>.json: items of every kind, and what was shown of them.

A new one is recorded by `RECORD=<version> .venv/bin/pytest <this file>`.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine

from chalicelib import wiring
from chalicelib.recount import recount_needs
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item, Put
from chalicelib.tally.recount import recount
from tests.functional.conftest import Heed
from tests.support.every_kind import make_every_kind, paths
from tests.support.recount import recounted, tallied

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
STORED = Path(__file__).parents[2] / "data" / "stored"
RELEASES = sorted(STORED.glob("*.json"))
OF_THE_TEST = ("KEY", "HOOK")  # made anew by every test


@pytest.fixture(autouse=True)
def then() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def release(request: pytest.FixtureRequest) -> Any:
    return json.loads(request.param.read_text())


def shown(heed: Heed) -> dict[str, Any]:
    return {path: heed.call("GET", path).json_body for path in paths(heed)}


def made(heed: Heed) -> list[Item]:
    make_every_kind(heed, NOW)
    surveys_wiring.catalogue.cache_clear()
    items = [item for item in heed.stored() if item["SK"] not in OF_THE_TEST]
    return sorted(items, key=lambda item: (item["PK"], item["SK"]))


def kind(item: Item) -> str:
    """With the status of what has one: each has attributes of its own."""
    names = [item["PK"].partition("#")[0], item["SK"].partition("#")[0], item.get("status", "")]
    return "/".join(names)


def shape(value: Any) -> Any:
    """Ids are made anew, and a number may be an integer or a fraction."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    return "number" if isinstance(value, int | float | Decimal) else type(value).__name__


def holds(now: Any, then: Any, where: str = "") -> None:
    """All that was there then is there now. There may be more."""
    if isinstance(then, dict):
        assert isinstance(now, dict), where
        assert then.keys() <= now.keys(), (where, then.keys() - now.keys())
        for name, value in then.items():
            holds(now[name], value, f"{where}/{name}")
    elif isinstance(then, list):
        assert len(now) == len(then), where
        for number, value in enumerate(then):
            holds(now[number], value, f"{where}/{number}")
    else:
        assert now == then, where


if "RECORD" in os.environ:

    def test_record(heed: Heed) -> None:
        release = {"items": made(heed), "shown": shown(heed)}
        text = json.dumps(release, indent=1, default=int, ensure_ascii=False, sort_keys=True)
        (STORED / f"{os.environ['RECORD']}.json").write_text(f"{text}\n")


def test_there_is_a_release() -> None:
    assert RELEASES


def test_what_a_release_stored_is_shown_as_it_was(
    heed: Heed, release: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in release["items"]:
        wiring.table().write(Put(item))
    surveys_wiring.catalogue.cache_clear()
    holds(shown(heed), release["shown"])
    # What it did not count yet, the next recount counts.
    monkeypatch.setattr("chalicelib.recount.REST_S", 0)
    recount(recount_needs())
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_a_release_can_read_what_is_stored_now(heed: Heed, release: Any) -> None:
    items = made(heed)
    by_kind = {kind(item): item for item in items}
    by_key = {(item["PK"], item["SK"]): item for item in items}
    for item in release["items"]:
        now = by_key.get((item["PK"], item["SK"])) or by_kind[kind(item)]
        holds(shape(now), shape(item), kind(item))
