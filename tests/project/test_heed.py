"""The command `heed`: help, one sentence for a mistake, and JSON for programs."""

import io
import json
import re
from typing import Any

import pytest
import typer
from botocore.exceptions import NoCredentialsError
from rich.console import Console

from infra import access_cli, cli, progress
from infra.errors import BadArgument, OperatorError
from infra.paths import ROOT
from infra.progress import console, counting
from infra.told import tell, tell_rows, to_a_program

TARGETS = re.findall(r"\$\(HEED\) (\w+)", (ROOT / "Makefile").read_text())


def names(group: Any = None, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command, such as ("surveys", "put")."""
    found = []
    for name, command in (group or typer.main.get_command(cli.commands)).commands.items():
        inner = names(command, (*before, name)) if hasattr(command, "commands") else []
        found += inner or [(*before, name)]
    return found


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(words))
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.mark.parametrize("words", names(), ids=" ".join)
def test_every_command_has_help_and_json(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, out, _ = run(capsys, *words, "--help")
    assert code == 0
    assert f"Usage: heed {' '.join(words)}" in out
    assert "--json" in out


def test_every_command_that_make_calls_exists() -> None:
    assert TARGETS
    assert set(TARGETS) <= {words[0] for words in names()}


@pytest.mark.parametrize("words", names(), ids=" ".join)
def test_an_unknown_option_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, *words, "--nonsense")
    assert (code, out) == (2, "")
    assert "--nonsense" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "nothing"),
        (["revoke"], "--key"),
        (["sweep", "--days", "many"], "--days"),
        (["export"], "TO= names the folder"),
        (["import"], "FROM= names the folder"),
        (["key", "--name", "x", "--expires", "soon"], "2027-01-31"),
        (["surveys", "put"], "SURVEY"),
        (["surveys", "put", "it", "--from", "no-such-file"], "no-such-file cannot be read"),
        (["keys", "--stage", "prod; rm"], "letters, digits and hyphens"),
        (["deploy", "--stage", ""], "STAGE=prod"),
        (["doctor"], "STAGE=prod"),
    ],
)
def test_what_is_wrong_is_named(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "code"), [(OperatorError("No such thing."), 1), (BadArgument("Not so."), 2)]
)
def test_what_stops_a_command_is_told_on_stderr(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    code: int,
) -> None:
    def fail(stage: str) -> None:
        raise error

    monkeypatch.setattr(access_cli, "target_of", fail)
    assert run(capsys, "keys", "--json") == (code, "", f"Stopped: {error}\n")


def test_a_program_gets_json_and_a_reader_gets_text(capsys: pytest.CaptureFixture[str]) -> None:
    tell({"made": 1}, "One was made.")
    assert capsys.readouterr().out == "One was made.\n"
    with to_a_program():
        print("a line of a log")
        console.print("a step")
        tell({"made": 1}, "One was made.")
    said = capsys.readouterr()
    assert json.loads(said.out) == {"made": 1}
    assert said.err == "a line of a log\na step\n"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_table_cuts_nothing_off(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a narrow terminal it is folded. Elsewhere a row is a line, for other programs."""
    out, address = io.StringIO(), "a.person.with.a.long.name@department-of-everything.example.com"
    width = {"width": 60} if is_terminal else {}
    shown = Console(file=out, force_terminal=is_terminal, color_system=None, **width)
    monkeypatch.setattr("infra.told.console", shown)
    tell_rows([{"member": "m-7ulsokb4", "address": address, "surveys": "it-help-desk"}], "Nobody.")
    lines = [line for line in out.getvalue().splitlines() if line.startswith("│")]
    assert "".join(line.split("│")[2].strip() for line in lines) == address
    assert (len(lines) == 1) == (not is_terminal)


def test_a_shell_completes_the_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_HEED_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "heed red")
    monkeypatch.setenv("COMP_CWORD", "1")
    code, out, _ = run(capsys)
    assert (code, out.split()) == (0, ["redrive"])


def test_what_aws_refuses_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(stage: str) -> None:
        raise NoCredentialsError

    monkeypatch.setattr(access_cli, "target_of", fail)
    code, out, err = run(capsys, "hooks", "--stage", "prod")
    assert (code, out, err) == (1, "", "Stopped: AWS: Unable to locate credentials\n")


@pytest.mark.parametrize(("is_terminal", "shown"), [(True, "3/4"), (False, "counting: 3 of 4")])
def test_long_work_shows_a_bar_on_a_terminal_and_lines_elsewhere(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, shown: str
) -> None:
    written = io.StringIO()
    made = Console(file=written, force_terminal=is_terminal, width=100)
    monkeypatch.setattr(progress, "console", made)
    monkeypatch.setattr(progress, "SECONDS", 0)
    with counting("counting", 4) as count:
        count(3)
    assert shown in written.getvalue()
