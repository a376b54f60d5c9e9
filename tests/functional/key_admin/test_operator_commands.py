"""make key, keys, revoke, hook, hooks and rotate."""

import re
from typing import Any

import pytest
from typer.testing import CliRunner

from chalicelib.api_keys.api_key import Scope
from chalicelib.helpdesks import registry
from chalicelib.helpdesks import wiring as helpdesks_wiring
from infra import access_cli, cli
from infra.errors import OperatorError
from infra.progress import console
from tests.functional.conftest import BALLOTS, HOOK, TABLE, Heed
from tests.support.kept_secrets import HOOK_SECRET, stored_secrets, write_secrets
from tests.support.samples import SURVEY


@pytest.fixture(autouse=True)
def _stack(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"TokenKeys": "token-keys", "PersonKey": "person-key"}
    found = {
        "TableName": TABLE,
        "BallotTable": BALLOTS,
        "HookSecrets": "hook-secrets",
        "ApiAddress": "https://x.test",
    }
    monkeypatch.setattr(access_cli, "outputs", lambda target: found | names)
    monkeypatch.setattr(console, "width", 400)


def run(*words: str) -> Any:
    with console.capture() as shown:
        done = CliRunner().invoke(cli.commands, [*words, "--stage", "test"])
    return done, done.output + shown.get()


def refused(*words: str) -> str:
    done, _ = run(*words)
    assert isinstance(done.exception, OperatorError)
    return str(done.exception)


@pytest.mark.parametrize("scopes", [[], ["--scopes", ""], ["--scopes", "admin"]])
def test_a_key_without_a_known_scope_is_not_made_and_the_scopes_are_named(
    heed: Heed, scopes: list[str]
) -> None:
    said = refused("key", "--name", "x", *scopes)
    assert all(scope.value in said for scope in Scope)
    assert len(heed.items("KEY")) == 1


def test_a_key_is_made_listed_and_revoked(heed: Heed) -> None:
    words = ("--scopes", "surveys:read", "--surveys", SURVEY.id, "--expires", "2099-01-31")
    secret = run("key", "--name", "reports", *words)[1].strip()
    assert heed.call("GET", "/v1/surveys", key=secret).status_code == 200
    (item,) = [item for item in heed.items("KEY") if item["name"] == "reports"]
    assert item["ends_at"] == "2099-02-01T00:00:00.000Z"
    shown = run("keys")[1]
    assert all(part in shown for part in (item["id"], "reports", item["last_used"], "valid"))
    assert secret not in shown
    run("revoke", "--key", item["id"])
    assert heed.call("GET", "/v1/surveys", key=secret).status_code == 401
    assert "revoked" in run("keys")[1]
    assert item["id"] in refused("revoke", "--key", item["id"])


@pytest.mark.parametrize(
    "words", [["--expires", "2020-01-01"], ["--expires", "soon"], ["--surveys", "nobody"]]
)
def test_what_a_key_cannot_be_is_refused(heed: Heed, words: list[str]) -> None:
    assert refused("key", "--name", "x", "--scopes", "read", *words)
    assert len(heed.items("KEY")) == 1


def test_a_hook_s_secret_is_rotated_in_two_steps(heed: Heed) -> None:
    write_secrets({HOOK: [HOOK_SECRET]})
    newer = "the-newer-secret-of-zendesk"
    try:
        run("rotate", "--hook", HOOK, "--secret", newer)
        assert stored_secrets()[HOOK] == [newer, HOOK_SECRET]
        assert HOOK in run("hooks")[1]
        assert "End the rotation" in refused("rotate", "--hook", HOOK, "--secret", newer)
        run("rotate", "--hook", HOOK, "--done")
        assert stored_secrets()[HOOK] == [newer]
        assert "nobody" in refused("rotate", "--hook", "nobody", "--done")
    finally:
        write_secrets({HOOK: [HOOK_SECRET]})


def test_what_is_no_help_desk_is_refused_and_those_that_are_are_listed(heed: Heed) -> None:
    said = refused("hook", "--survey", SURVEY.id, "--source", "abacus", "--secret", "x" * 16)
    assert "'abacus' is no help desk" in said
    assert all(f"{source.name} ({source.title})" in said for source in registry.every())
    assert len(helpdesks_wiring.hooks().every()) == 1


@pytest.mark.parametrize("source", registry.names())
def test_a_hook_is_made_and_what_to_paste_is_shown(heed: Heed, source: str) -> None:
    secret = "what-the-help-desk-reveals"
    _, said = run("hook", "--survey", SURVEY.id, "--source", source, "--secret", secret)
    (hook,) = [hook for hook in helpdesks_wiring.hooks().every() if hook.id in said]
    assert (hook.source, hook.survey) == (source, SURVEY.id)
    assert said.count(f"https://x.test/v1/hooks/{source}/{hook.id}") > 1
    assert stored_secrets()[hook.id] == [secret]
    assert secret not in said


def test_a_hook_without_a_secret_gets_one_which_is_shown(heed: Heed) -> None:
    words = ["hook", "--survey", SURVEY.id, "--source", "generic", "--stage", "test"]
    with console.capture() as shown:
        CliRunner().invoke(cli.commands, words, input="\n")
    (secret,) = set(re.findall(r"whsec_[\w+/=]{44}", shown.get()))
    assert [secret] in stored_secrets().values()
