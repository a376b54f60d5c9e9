"""What a program reads of the operator's commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra import access_cli, carry_cli, cli, surveys_cli
from tests.functional.conftest import BALLOTS, HOOK, TABLE, Heed
from tests.support.samples import SURVEY

FOUND = {
    "TableName": TABLE,
    "BallotTable": BALLOTS,
    "TokenKeys": "token-keys",
    "PersonKey": "person-key",
    "HookSecrets": "hook-secrets",
}


@pytest.fixture
def run(heed: Heed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    for module in (access_cli, carry_cli, cli, surveys_cli):
        monkeypatch.setattr(module, "outputs", lambda target: FOUND)

    def run(*words: str) -> Any:
        with pytest.raises(SystemExit) as ended:
            cli.main([*words, "--stage", "test", "--json"])
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_lists_are_lists(run: Any) -> None:
    assert HOOK in [hook["id"] for hook in run("hooks")]
    assert SURVEY.id in [survey["id"] for survey in run("surveys", "list")]
    assert run("aside") == []
    assert run("keys")[0]["state"] == "valid"


def test_a_key_is_made_and_revoked_by_what_a_program_reads(heed: Heed, run: Any) -> None:
    made = run("key", "--name", "reports", "--scopes", "surveys:read")["key"]
    (id_,) = [key["id"] for key in run("keys") if key["name"] == "reports"]
    assert run("revoke", "--key", id_) == {"revoked": id_}
    assert heed.call("GET", "/v1/surveys", key=made).status_code == 401


def test_counts_are_numbers(run: Any, tmp_path: Path) -> None:
    counted = run("recount", "--check")
    assert (counted["wrong"], counted["finished"]) == ([], True)
    assert run("late", "--dry")["set_aside"] == {}
    taken = run("export", "--to", str(tmp_path / "export"))
    assert taken["items"]["SURVEY#"] == 1
    brought = run("import", "--from", str(tmp_path / "export"), "--dry")
    assert brought["items"]["there already"] >= 1


def test_an_erasure_has_a_receipt(run: Any) -> None:
    assert run("erase", "--person", "nobody-yet@example.com")["state"] == "done"
