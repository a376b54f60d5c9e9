"""The Dockerfile fits this checkout. No Docker daemon is needed, and so nothing is built."""

import fnmatch
import json
import re

import pytest

from infra.emulator import _ministack_environment, _sendria
from infra.install import ENVIRONMENTS, ROOT
from infra.paths import local_stack

LINES = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
STEPS = [line.split() for line in LINES if line and not line.startswith("#")]
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()


def words_of(step):
    return [words[1:] for words in STEPS if words[0] == step]


def copied():
    return {
        source
        for words in words_of("COPY")
        for source in [word for word in words if not word.startswith("--")][:-1]
    }


def test_whatever_it_copies_is_here_and_is_not_ignored():
    open_ones = {line[1:] for line in IGNORED if line.startswith("!")}
    assert "*" in IGNORED
    for source in copied():
        assert list(ROOT.glob(source)), source
        assert source.split("/")[0] in open_ones, source


def test_it_copies_what_goes_into_the_zip_and_what_is_installed():
    assert {"app.py", "chalicelib", "templates", ".chalice", "requirements.txt"} <= copied()
    (install,) = [words for words in words_of("RUN") if "infra/install.sh" in words]
    names = install[install.index("infra/install.sh") + 1 :]
    needed = [ENVIRONMENTS[name].requirements for name in names]
    makefile = (ROOT / "Makefile").read_text()
    assert f"install:\n\t@$(INSTALL) {' '.join(names)}\n" in makefile
    for path in needed:
        assert any(fnmatch.fnmatch(path, source) for source in copied()), path


def test_its_python_is_one_that_heed_runs_on():
    ((image,),) = words_of("FROM")
    version = re.fullmatch(r"python:3\.(\d+)-slim-bookworm", image)
    assert version
    assert 11 <= int(version[1]) <= 14


def test_nobody_is_root_when_something_of_heed_runs():
    kinds = [words[0] for words in STEPS]
    assert words_of("USER") == [["10001"]]
    first = STEPS.index(["USER", "10001"])
    assert "COPY" not in kinds[:first]
    assert [words for words in STEPS[:first] if words[0] == "RUN" and "sh" in words] == []
    assert all("--chown=heed:heed" in words for words in words_of("COPY"))


def test_it_runs_a_command_that_exists_and_opens_the_usual_ports(monkeypatch):
    for variable in ("HEED_AWS_PORT", "HEED_INBOX_PORT"):
        monkeypatch.delenv(variable, raising=False)
    (command,) = words_of("CMD")
    program = json.loads(" ".join(command))
    assert program[0] == str(ENVIRONMENTS["run"].home.relative_to(ROOT) / "bin" / "python")
    assert program[1:] == ["-m", "infra.cli", "run"]
    stack = local_stack()
    assert words_of("EXPOSE") == [[str(stack.aws_port), str(stack.inbox_port)]]


@pytest.mark.parametrize("bind", ["127.0.0.1", "0.0.0.0"])
def test_only_a_container_listens_beyond_loopback(monkeypatch, bind):
    monkeypatch.setenv("HEED_BIND", "" if bind == "127.0.0.1" else bind)
    stack = local_stack()
    assert _ministack_environment(stack)["BIND_HOST"] == bind
    inbox = [str(word) for word in _sendria(stack)]
    assert inbox[inbox.index("--http-ip") + 1] == bind
    assert inbox[inbox.index("--smtp-ip") + 1] == "127.0.0.1"
    assert stack.endpoint.startswith("http://127.0.0.1:")


def test_the_line_that_starts_it_publishes_on_loopback_only():
    page = (ROOT / "docs" / "operations.md").read_text()
    (line,) = [line for line in page.splitlines() if line.startswith("docker run ")]
    published = re.findall(r"-p (\S+)", line)
    assert published == ["127.0.0.1:4566:4566", "127.0.0.1:1080:1080"]
