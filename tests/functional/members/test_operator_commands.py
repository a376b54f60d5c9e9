"""make member."""

from typing import Any

import pytest
from typer.testing import CliRunner

from infra import access_cli, cli
from infra.errors import OperatorError
from infra.progress import console
from tests.functional.conftest import BALLOTS, TABLE, Heed
from tests.support.samples import SURVEY

KARI = ("--address", "kari@example.com")


@pytest.fixture(autouse=True)
def _stack(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"TokenKeys": "token-keys", "PersonKey": "person-key", "HookSecrets": "hook-secrets"}
    found = {"TableName": TABLE, "BallotTable": BALLOTS, "ApiAddress": "https://x.test/api"}
    monkeypatch.setattr(access_cli, "outputs", lambda target: found | names)
    monkeypatch.setattr(console, "width", 400)


def run(*words: str) -> Any:
    with console.capture() as shown:
        done = CliRunner().invoke(cli.commands, ["member", *words, "--stage", "test"])
    return done, done.output + shown.get()


def refused(*words: str) -> str:
    done, _ = run(*words)
    assert isinstance(done.exception, OperatorError)
    return str(done.exception)


def listed(heed: Heed) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = heed.call("GET", "/v1/members").json_body["items"]
    return items


def test_the_first_member_is_made_and_told_where_to_sign_in(heed: Heed) -> None:
    done, said = run(*KARI, "--role", "admin", "--name", "Kari")
    assert (done.exit_code, said) == (0, "https://x.test/api/app/sign-in\n")
    (member,) = listed(heed)
    assert (member["name"], member["role"], member["surveys"]) == ("Kari", "admin", None)


def test_the_same_address_again_gets_the_new_role(heed: Heed) -> None:
    run(*KARI, "--role", "admin", "--name", "Kari")
    run(*KARI, "--role", "team", "--surveys", SURVEY.id)
    (member,) = listed(heed)
    assert (member["name"], member["role"], member["surveys"]) == ("Kari", "team", [SURVEY.id])


def test_members_are_listed_and_removed(heed: Heed) -> None:
    run(*KARI, "--role", "viewer")
    assert "kari@example.com" in run()[1]
    run(*KARI, "--remove")
    assert listed(heed) == []
    assert "no member with this address" in refused(*KARI, "--remove")


def test_a_wrong_word_is_told(heed: Heed) -> None:
    assert "ROLE is one of" in refused(*KARI, "--role", "god")
    assert "ADDRESS is an e-mail" in refused("--address", "kari", "--role", "admin")
    assert "no survey 'x'" in refused(*KARI, "--role", "admin", "--surveys", "x")


def test_who_was_erased_is_no_member_again(heed: Heed) -> None:
    heed.call("POST", "/v1/people/erasures", {"email": "kari@example.com"})
    assert "asked to be erased" in refused(*KARI, "--role", "admin")
