"""The nightly recount and the operator's, on DynamoDB as moto plays it."""

import io
import json
from typing import Any

import pytest
from typer.testing import CliRunner

import app
from chalicelib import tally_keys, wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.table import Update
from infra import cli
from tests.functional.conftest import BALLOTS, TABLE, Heed
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, recording, stored_invitation

SEGMENT = "organization=Acme"
WRONG = tally_keys.tally(SURVEY.id, SEGMENT, "2026-11-20", 0)


class Clock:
    def __init__(self, left_ms: int = 900_000) -> None:
        self.left_ms = left_ms

    def get_remaining_time_in_millis(self) -> int:
        return self.left_ms


@pytest.fixture(autouse=True)
def _answered(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    table = wiring.table()
    for name, score in (("one", 9), ("two", 3)):
        asked = stored_invitation(table, name, segments=(SEGMENT,))
        operation = new_operation(NOW)
        record_response(asked.id, Answer(score), operation, "UTC", NOW, recording(table))
    monkeypatch.setattr("chalicelib.recount.REST_S", 0)


def corrupt() -> None:
    wiring.table().write(Update(WRONG, add={"n": -1, "c9": 4}))


def metrics_of(printed: str) -> dict[str, Any]:
    """Name, value and service of what was emitted to CloudWatch."""
    found: dict[str, Any] = {}
    for line in printed.splitlines():
        emitted = json.loads(line) if line.startswith("{") and "_aws" in line else {}
        for group in emitted.get("_aws", {}).get("CloudWatchMetrics", []):
            assert (group["Namespace"], group["Dimensions"]) == ("Heed", [["service"]])
            found |= {one["Name"]: emitted[one["Name"]] for one in group["Metrics"]}
    return found


def is_right(heed: Heed) -> bool:
    items = heed.stored()
    return tallied(items) == recounted(items)


def test_a_wrong_tally_is_repaired_at_night_and_rings(heed: Heed, capsys: Any) -> None:
    corrupt()
    app.recount({}, Clock())
    assert is_right(heed)
    assert metrics_of(capsys.readouterr().out) == {"TallyMismatch": [1.0]}


def test_a_quiet_night_tells_no_metric_and_changes_nothing(heed: Heed, capsys: Any) -> None:
    before = heed.stored()
    app.recount({}, Clock())
    assert heed.stored() == before
    assert metrics_of(capsys.readouterr().out) == {}


def test_the_log_counts_the_cells_and_names_no_segment(heed: Heed, log_lines: io.StringIO) -> None:
    corrupt()
    app.recount({}, Clock())
    (line,) = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    assert (line["cells"], line["checked"], line["mismatched"], line["repaired"]) == (4, 4, 1, 1)
    assert (line["busy"], line["finished"]) == (0, True)
    assert line["wrong_surveys"] == {SURVEY.id: 1}
    assert "Acme" not in log_lines.getvalue()


def test_a_night_that_is_too_short_says_so(heed: Heed, capsys: Any) -> None:
    corrupt()
    app.recount({}, Clock(left_ms=59_000))
    assert not is_right(heed)
    assert metrics_of(capsys.readouterr().out) == {"RecountUnfinished": [1.0]}


def test_the_scan_is_strongly_consistent(heed: Heed, dynamodb: Any) -> None:
    asked: list[Any] = []
    dynamodb.meta.events.register_first(
        "provide-client-params.dynamodb.*",
        lambda params, model, **_: asked.append((model.name, params)),
        unique_id="asked",
    )
    app.recount({}, Clock())
    dynamodb.meta.events.unregister("provide-client-params.dynamodb.*", unique_id="asked")
    reads = [params for name, params in asked if name in ("Scan", "Query")]
    weak = [params for params in reads if not params["ConsistentRead"]]
    assert [params.get("IndexName") for params in weak] == ["listed"]
    assert [name for name, _ in asked].count("Scan") == 1


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

    def run(self, *words: str) -> Any:
        return CliRunner().invoke(cli.commands, ["recount", "--stage", "test", *words])

    def test_it_shows_what_was_wrong_and_repairs_it(self, heed: Heed, capsys: Any) -> None:
        corrupt()
        done = self.run("--survey", SURVEY.id)
        assert (done.exit_code, is_right(heed)) == (0, True)
        assert "repaired" in capsys.readouterr().out + done.output

    def test_it_only_looks_when_told_so(self, heed: Heed) -> None:
        corrupt()
        assert self.run("--check").exit_code == 1
        assert not is_right(heed)

    def test_right_tallies_are_fine_to_look_at(self) -> None:
        assert self.run("--check").exit_code == 0

    def test_a_survey_that_is_not_there_is_named(self) -> None:
        done = self.run("--survey", "nobody")
        assert "no survey 'nobody'" in str(done.exception)
