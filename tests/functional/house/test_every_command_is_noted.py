"""Every command of an operator that changes a stack leaves a line in the history."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from infra import access_cli, carry_cli, cli, surveys_cli
from infra.noted import operator, operator_of
from tests.functional.conftest import HOOK, Heed
from tests.functional.house.test_tick_and_aside import broken, ticks
from tests.project.test_heed import names
from tests.support.carrying import OUTPUTS, waits
from tests.support.given_surveys import body_of
from tests.support.lines import lines
from tests.support.members import ADDRESS, add_member
from tests.support.samples import SURVEY

# The commands that need no line, and why.
NO_LINE = {
    "keys": "it shows",
    "hooks": "it shows",
    "surveys list": "it shows",
    "surveys show": "it shows",
    "doctor": "it shows",
    "audit": "it shows",
    "export": "it shows",
    "package": "it writes files of the machine that it runs on",
    "run": "the local stack, which has one user",
    "up": "the local stack, which has one user",
    "down": "the local stack, which has one user",
    "deploy": "CloudFormation keeps who changed the stack, and CloudTrail",
    "rollback": "CloudTrail keeps who moved the alias",
    "sweep": "it does at once what the night does by itself",
    "redrive": "it does at once what the queue would do by itself",
}
TO_DO = (
    "It changes a stack: do it within noted(...) of infra/noted.py and give in WALKS how it is"
    " called, or say in NO_LINE why it needs none."
)


def late(heed: Heed, folder: Path) -> list[str]:
    from datetime import timedelta

    waits("waiting", timedelta(hours=30))
    return ["late"]


def aside(heed: Heed, folder: Path) -> list[str]:
    broken()
    ticks(5)
    return ["aside", "--back", "all"]


def exported(heed: Heed, folder: Path) -> list[str]:
    run("export", "--to", str(folder / "export"))
    return ["import", "--from", str(folder / "export")]


def put(heed: Heed, folder: Path) -> list[str]:
    body = folder / "survey.json"
    body.write_text(json.dumps(body_of(SURVEY)))
    return ["surveys", "put", SURVEY.id, "--from", str(body)]


def deleted(heed: Heed, folder: Path) -> list[str]:
    surveys_wiring.surveys().put(replace(SURVEY, closed=True))
    helpdesks_wiring.hooks().delete("zendesk", HOOK)
    run("export", "--to", str(folder / "export"))
    exported = ["--exported", str(folder / "export")]
    return ["surveys", "delete", SURVEY.id, *exported, "--confirm", SURVEY.id]


def revoke(heed: Heed, folder: Path) -> list[str]:
    return ["revoke", "--key", heed.items("KEY")[0]["id"]]


def remove(heed: Heed, folder: Path) -> list[str]:
    add_member()
    return ["member", "--address", ADDRESS, "--remove"]


Walk = Callable[[Heed, Path], list[str]]
WALKS: dict[str, Walk] = {
    "key": lambda heed, folder: ["key", "--name", "x", "--scopes", "read"],
    "revoke": revoke,
    "hook": lambda heed, folder: ["hook", "--survey", SURVEY.id, "--secret", "s" * 40],
    "rotate": lambda heed, folder: ["rotate", "--hook", HOOK, "--secret", "s" * 40],
    "member": remove,
    "surveys put": put,
    "surveys close": lambda heed, folder: ["surveys", "close", SURVEY.id],
    "surveys delete": deleted,
    "late": late,
    "aside": aside,
    "recount": lambda heed, folder: ["recount"],
    "erase": lambda heed, folder: ["erase", "--person", "anna@example.com"],
    "import": exported,
}
AGAIN = ("recount", "erase", "import")  # what may be run twice
LONG = (*AGAIN, "surveys delete")


@pytest.fixture(autouse=True)
def _stack(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    operator.cache_clear()
    found = OUTPUTS | {"ApiAddress": "https://x.test", "BallotKeys": "heed/ballots"}
    for module in (access_cli, carry_cli, cli, surveys_cli):
        monkeypatch.setattr(module, "outputs", lambda target: found)
    yield
    operator.cache_clear()


def run(*words: str) -> None:
    done = CliRunner().invoke(cli.commands, [*words, "--stage", "test"])
    assert done.exception is None or done.exit_code == 0, (done.output, done.exception)


@pytest.mark.parametrize("words", [" ".join(words) for words in names()])
def test_a_command_leaves_its_line(heed: Heed, tmp_path: Path, words: str) -> None:
    if words in NO_LINE:
        return
    assert words in WALKS, TO_DO
    said = WALKS[words](heed, tmp_path)
    run(*said)
    act = words.replace(" ", "_")
    assert [line[0] for line in lines(heed)] == ([act, f"{act}_done"] if words in LONG else [act])
    assert {line[2] for line in lines(heed)} == {"operator:user/moto"}
    assert "anna" not in str(lines(heed))
    assert invitations_wiring.person_of("anna@example.com") not in str(heed.items("HISTORY"))


@pytest.mark.parametrize("words", AGAIN)
def test_a_second_run_does_not_double_the_lines(heed: Heed, tmp_path: Path, words: str) -> None:
    said = WALKS[words](heed, tmp_path)
    run(*said)
    before = lines(heed)
    run(*said)
    assert lines(heed) == before


def test_no_command_is_declared_twice_or_gone() -> None:
    assert {*WALKS, *NO_LINE} == {" ".join(words) for words in names()}
    assert not WALKS.keys() & NO_LINE.keys()


@pytest.mark.parametrize(
    ("arn", "who"),
    [
        ("arn:aws:iam::123456789012:user/ops/kari", "operator:user/kari"),
        ("arn:aws:sts::123456789012:assumed-role/Admin/kari@example.com", "operator:role/Admin"),
        ("arn:aws:iam::123456789012:user/kari@example.com", "operator"),
        ("arn:aws:iam::123456789012:root", "operator"),
        ("nonsense", "operator"),
    ],
)
def test_who_it_was_is_told_without_an_address(arn: str, who: str) -> None:
    assert operator_of(arn) == who


def test_a_stack_that_tells_no_caller_has_an_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3
    from botocore.exceptions import EndpointConnectionError

    def gone(*_: Any, **__: Any) -> Any:
        raise EndpointConnectionError(endpoint_url="https://sts.test")

    with monkeypatch.context() as patch:
        patch.setattr(boto3, "client", gone)
        assert operator() == "operator"
