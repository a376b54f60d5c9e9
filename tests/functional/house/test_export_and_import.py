"""What a stack holds goes out into files, and into an empty stack: every score, task and word."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib import keys, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.publish import events_of
from chalicelib.table import Update
from infra.errors import OperatorError
from tests.functional.conftest import HOOK, Heed
from tests.support.carrying import WALK_IN, carried, edit, emptied, run, shown, shown_of, stormed
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import SURVEY

BROKEN = {
    '{"PK": "INVITE#x", "SK"': "it is no JSON",
    '{"PK": "INVITE#x", "SK": "VISIT", "SK": "VISIT"}': "a key twice",
    '{"PK": "INVITE#x", "SK": "VISIT", "n": 1.5}': "1.5 is no whole number",
    '{"PK": "KEY#x", "SK": "KEY"}': "not of the kind INVITE#",
    '{"PK": "INVITE#x"}': "its SK is missing",
    '{"PK": "INVITE#x", "SK": "INVITE", "id": "x"}': "its survey is missing",
    "[]": "it is no item",
}
FACTS = {"id": "event", "occurred_at": "now"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def take_out(monkeypatch: Any, folder: Path, *words: str) -> str:
    said, error = run(monkeypatch, "export", "--to", str(folder), *words)
    assert error is None, (said, error)
    return said


def bring_in(monkeypatch: Any, folder: Path, *words: str) -> str:
    said, error = run(monkeypatch, "import", "--from", str(folder), *words)
    assert error is None, (said, error)
    return said


def refused(monkeypatch: Any, folder: Path) -> str:
    _, error = run(monkeypatch, "import", "--from", str(folder))
    assert isinstance(error, OperatorError), error
    return str(error)


def test_an_empty_stack_shows_every_score_task_and_word_after_an_import(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    before, items = shown(heed), carried(heed)
    take_out(monkeypatch, folder)
    emptied(heed)
    bring_in(monkeypatch, folder)
    assert shown(heed) == before
    assert carried(heed) == items
    assert contradictions(heed.stored()) == []
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_what_lay_in_buckets_that_only_the_old_stack_opened_is_listed(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    before = shown(heed)
    for number, item in enumerate(heed.stored()):
        if item["SK"] in ("RESPONSE", "CHANGE", "TASK") and "list_pk" in item:
            listed = {"list_pk": keys.bucket(item["list_pk"], number % 8)}
            wiring.table().write(Update(keys.Key(item["PK"], item["SK"]), set=listed))
    take_out(monkeypatch, folder)
    emptied(heed)
    bring_in(monkeypatch, folder)
    assert shown(heed) == before
    assert "other content" not in bring_in(monkeypatch, folder)


def test_importing_twice_is_importing_once(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    take_out(monkeypatch, folder)
    emptied(heed)
    bring_in(monkeypatch, folder)
    once = heed.stored()
    said = bring_in(monkeypatch, folder)
    assert heed.stored() == once
    assert "written" not in said


def test_an_import_that_was_cut_off_goes_on(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    before = shown(heed)
    take_out(monkeypatch, folder)
    emptied(heed)
    writes = 0

    def cut_off(**_: Any) -> None:
        nonlocal writes
        writes += 1
        if writes > 90:
            raise KeyboardInterrupt

    client = wiring.table()._table._client  # type: ignore[attr-defined]
    client.meta.events.register("before-call.dynamodb.PutItem", cut_off, unique_id="cut")
    _, error = run(monkeypatch, "import", "--from", str(folder))
    client.meta.events.unregister("before-call.dynamodb.PutItem", unique_id="cut")
    assert error is not None
    bring_in(monkeypatch, folder)
    assert shown(heed) == before


def test_what_changed_since_stays_as_it_is(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    take_out(monkeypatch, folder)
    response = heed.items("RESPONSE")[0]
    newer = Update(keys.response(response["id"]), set={"comment": "newer"}, add={"version": 1})
    wiring.table().write(newer)
    said = bring_in(monkeypatch, folder)
    assert "1  there already with other content, which stays" in said
    assert wiring.table().get(newer.key)["comment"] == "newer"  # type: ignore[index]


def test_nothing_that_is_imported_makes_an_event(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    take_out(monkeypatch, folder)
    emptied(heed)
    bring_in(monkeypatch, folder)
    imported = [item for item in heed.stored() if "imported_at" in item]
    assert len(imported) > 80
    assert [event for item in imported for event in events_of(FACTS, {}, item)] == []


def test_a_dry_run_counts_and_writes_nothing(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    take_out(monkeypatch, folder)
    emptied(heed)
    before = heed.stored()
    said = bring_in(monkeypatch, folder, "--dry")
    assert heed.stored() == before
    count = sum(json.loads((folder / "about.json").read_text())["items"].values())
    assert f"{count}  written" in said


def test_no_key_and_no_secret_leaves(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    said = take_out(monkeypatch, folder)
    text = "".join(path.read_text() for path in folder.iterdir())
    secrets = boto3.client("secretsmanager")
    kept = [secrets.get_secret_value(SecretId=name)["SecretString"] for name in ("person-key",)]
    hashes = [keys.id_of(item["PK"]) for item in heed.items("KEY")]
    for secret in (heed.key, "first key of these tests", *kept, *hashes):
        assert secret not in text
    assert "a key opens one stack" in said
    assert [oct(path.stat().st_mode)[-3:] for path in folder.iterdir()] == ["600"] * len(
        list(folder.iterdir())
    )


def test_a_folder_that_holds_something_is_not_written_into(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out(monkeypatch, folder)
    _, error = run(monkeypatch, "export", "--to", str(folder))
    assert "not empty" in str(error)
    assert HOOK in (folder / "hook.jsonl").read_text()


class TestWhatIsRefused:
    @pytest.fixture(autouse=True)
    def _exported(self, heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stormed(heed)
        take_out(monkeypatch, folder)
        emptied(heed)

    def test_a_broken_line_is_named_before_anything_is_written(
        self, heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = heed.stored()
        for line, reason in BROKEN.items():
            edit(folder / "invite.jsonl", 3, line)
            said = refused(monkeypatch, folder)
            assert "invite.jsonl, line 3: " in said
            assert reason in said
        assert heed.stored() == before

    def test_a_file_that_was_cut_off_or_is_gone(
        self, heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = folder / "task.jsonl"
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
        assert "and about.json says" in refused(monkeypatch, folder)
        path.unlink()
        assert "task.jsonl is missing" in refused(monkeypatch, folder)
        (folder / "about.json").unlink()
        assert "no about.json" in refused(monkeypatch, folder)

    def test_a_stack_with_another_person_key(
        self, heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = heed.stored()
        monkeypatch.setattr(invitations_wiring, "person_key", lambda: "another key")
        said = refused(monkeypatch, folder)
        assert "another person key" in said
        assert "Copy the secret person-key" in said
        assert heed.stored() == before

    def test_a_stack_that_lacks_a_key_that_links_are_signed_with(
        self, heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys_here = invitations_wiring.token_keys().__class__("a", {"a": b"first"})
        monkeypatch.setattr(invitations_wiring, "token_keys", lambda: keys_here)
        assert "the keys b" in refused(monkeypatch, folder)


def test_one_survey_goes_and_the_others_stay(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stormed(heed)
    before = shown_of(heed, WALK_IN)
    said = take_out(monkeypatch, folder, "--survey", WALK_IN)
    assert "make hook makes a new one" in said
    assert not (folder / "hook.jsonl").exists()
    assert SURVEY.id not in "".join(path.read_text() for path in folder.iterdir())
    emptied(heed)
    bring_in(monkeypatch, folder)
    assert shown_of(heed, WALK_IN) == before
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_a_survey_that_does_not_exist_is_not_exported(
    heed: Heed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, error = run(monkeypatch, "export", "--to", str(folder), "--survey", "nobody")
    assert "There is no survey 'nobody'" in str(error)
