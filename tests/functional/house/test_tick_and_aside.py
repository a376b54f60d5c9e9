"""The tick on DynamoDB as moto plays it: what it sets aside rings, is listed and comes back."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from typer.testing import CliRunner

import app
from chalicelib import keys, moments, wiring
from chalicelib.errors import Unavailable
from chalicelib.invitations.invitation import Status
from chalicelib.set_aside import MOST_FAILURES
from chalicelib.table import Delete, Update
from infra import cli
from tests.functional.conftest import BALLOTS, TABLE, Heed
from tests.support.samples import SURVEY, stored_invitation


class Clock:
    def __init__(self, left_ms: int = 50_000) -> None:
        self.left_ms = left_ms

    def get_remaining_time_in_millis(self) -> int:
        return self.left_ms


def due(*names: str) -> None:
    for name in names:
        stored_invitation(
            wiring.table(), name, status=Status.WAITING, sent_at=None, due_at=moments.now()
        )


def broken() -> str:
    """The id of an answer that settles and whose survey is gone."""
    made = stored_invitation(wiring.table(), "broken", survey="gone").id
    facts = {"survey": "gone", "segments": [], "day": "2026-11-20", "asked_day": "2026-11-20"}
    times = dict.fromkeys(("answered_at", "changed_at", "due_at"), moments.to_text(moments.now()))
    rest = {"version": 1, "operations": [], "origin": "tap", "state": "settling"}
    waits = {"id": made, "due_shard": keys.due_shard(made)}
    wiring.table().write(Update(keys.response(made), set={**facts, **times, **rest, **waits}))
    return made


def ticks(count: int) -> None:
    for _ in range(count):
        app.tick({}, Clock())


def metrics_of(printed: str, name: str = "SetAside") -> list[Any]:
    lines = [json.loads(line) for line in printed.splitlines() if "_aws" in line]
    return [line[name] for line in lines if line["service"] == "heed-test" and name in line]


def statuses(heed: Heed) -> list[str]:
    return [item["status"] for item in heed.items("INVITE") if item["survey"] == SURVEY.id]


def test_one_that_cannot_be_settled_starves_nobody_and_rings_after_five_ticks(
    heed: Heed, capsys: Any
) -> None:
    broken()
    due(*"abcdefgh")
    ticks(MOST_FAILURES - 1)
    assert statuses(heed) == ["queued"] * 8
    assert metrics_of(capsys.readouterr().out) == []
    ticks(2)
    # As long as it lies there, each tick says so.
    assert metrics_of(capsys.readouterr().out) == [[1.0], [1.0]]


def test_each_tick_tells_for_how_long_the_oldest_item_was_due(heed: Heed, capsys: Any) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 13, 0, tzinfo=UTC), tick=False) as clock:
        due("a", "b")
        clock.shift(420)
        ticks(2)
    assert metrics_of(capsys.readouterr().out, "TickLag") == [[420.0], [0.0]]


def test_a_tick_without_time_takes_nothing_and_the_next_one_does(heed: Heed) -> None:
    due("a", "b")
    app.tick({}, Clock(left_ms=14_999))
    assert statuses(heed) == ["waiting"] * 2
    ticks(1)
    assert statuses(heed) == ["queued"] * 2


@pytest.mark.usefixtures("heed")
def test_a_table_that_refuses_everything_rings_by_the_function_s_error(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    dynamodb.meta.events.register_first("before-call.dynamodb", refuse, unique_id="refuse")
    with pytest.raises((Unavailable, PermissionError)):
        ticks(1)
    dynamodb.meta.events.unregister("before-call.dynamodb", unique_id="refuse")


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def _stack(self, monkeypatch: pytest.MonkeyPatch) -> None:
        secrets = {"TokenKeys": "token-keys", "PersonKey": "person-key"}
        outputs = {
            "TableName": TABLE,
            "BallotTable": BALLOTS,
            "HookSecrets": "hook-secrets",
            **secrets,
        }
        monkeypatch.setattr(cli, "outputs", lambda target: outputs)

    def run(self, capsys: Any, *words: str) -> tuple[str, Any]:
        capsys.readouterr()
        done = CliRunner().invoke(cli.commands, ["aside", "--stage", "test", *words])
        return capsys.readouterr().out + done.output, done.exception

    def test_it_says_when_nothing_is_set_aside(self, heed: Heed, capsys: Any) -> None:
        assert "Nothing is set aside." in self.run(capsys)[0]

    def test_it_lists_what_why_and_since_when(self, heed: Heed, capsys: Any) -> None:
        broken()
        ticks(MOST_FAILURES)
        said, _ = self.run(capsys)
        assert "response" in said
        assert "NotFound" in said
        assert "example.com" not in said

    @pytest.mark.parametrize("which", ["all", "id"])
    def test_it_brings_back_and_the_next_tick_tries_again(
        self, heed: Heed, capsys: Any, which: str
    ) -> None:
        made = broken()
        ticks(MOST_FAILURES)
        self.run(capsys, "--back", made if which == "id" else "all")
        assert "Nothing is set aside." in self.run(capsys)[0]
        item = wiring.table().get(keys.response(made))
        assert item
        assert (item["due_shard"], "failures" in item) == (keys.due_shard(made), False)
        wiring.table().write(Delete(keys.response(made)))
        ticks(MOST_FAILURES)
        assert "Nothing is set aside." in self.run(capsys)[0]

    def test_an_id_that_is_not_set_aside_is_an_error(self, heed: Heed, capsys: Any) -> None:
        assert "'nobody'" in str(self.run(capsys, "--back", "nobody")[1])
