"""Each environment is made once for its requirements, its Python and its folder."""

import re
import subprocess
import sys

import pytest

from infra import install
from infra.install import Environment

CHECKOUT = install.ROOT


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "LOCAL", tmp_path)
    monkeypatch.setattr(install, "VENVS", tmp_path / "venvs")
    (tmp_path / "r.txt").write_text("# nothing yet\n")
    (tmp_path / "log").mkdir()
    return tmp_path


@pytest.fixture
def made(root):
    environment = Environment(root / "venv", "r.txt")
    (environment.home / "bin").mkdir(parents=True)
    (environment.home / "bin" / "python").symlink_to(sys.executable)
    environment.note()
    return environment


@pytest.fixture
def run(root, monkeypatch):
    made = Environment(root / "run", "r.txt")
    names = {"pip": Environment(root / "venvs" / "pip"), "run": made}
    monkeypatch.setattr(install, "ENVIRONMENTS", names)
    return made


def test_what_is_made_is_not_made_again(made):
    assert made.is_made()


def test_other_requirements_make_it_again(made, root):
    (root / "r.txt").write_text("segno==1.6.6\n")
    assert not made.is_made()


def test_another_python_makes_it_again(made, monkeypatch):
    monkeypatch.setattr(sys, "version", "3.14.1 (main)")
    assert not made.is_made()


def test_a_python_that_is_gone_makes_it_again(made):
    python = made.home / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert not made.is_made()


def test_a_folder_that_was_moved_makes_it_again(made, root):
    made.home.rename(root / "moved")
    assert not Environment(root / "moved", "r.txt").is_made()


@pytest.mark.slow
def test_what_another_python_left_is_taken_away(run):
    left = run.home / "lib" / "python3.8" / "left.py"
    left.parent.mkdir(parents=True)
    left.touch()
    (run.home / "made-from").write_text("3.8.18 in another folder\n")
    assert install.main(["run"]) == 0
    assert run.is_made()
    assert not left.exists()


@pytest.mark.slow
def test_each_environment_tells_its_own_time(run, capsys):
    assert install.main(["run"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^  pip +\d+\.\d s$", told, re.MULTILINE)
    assert re.search(r"^  run +\d+\.\d s$", told, re.MULTILINE)
    assert install.main(["run"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_one_that_fails_says_why(root, run, capsys):
    (root / "r.txt").write_text("segno==1.6.6\n")
    assert install.main(["run"]) == 1
    assert "Installing run failed" in (told := capsys.readouterr().out)
    assert "hash" in told.lower()
    assert not run.is_made()


def test_the_command_runs_this_checkout_from_any_folder(made, root):
    python = made.home / "bin" / "python"
    python.unlink()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    made.add_program(CHECKOUT)
    done = subprocess.run(
        [made.home / "bin" / "heed", "rollback", "--help"], cwd="/", capture_output=True, text=True
    )
    assert "Usage: heed rollback" in done.stdout, done.stderr


def test_the_command_is_there_for_operators_and_for_those_who_change_heed():
    assert {name for name, made in install.ENVIRONMENTS.items() if made.has_program} == {
        "run",
        "dev",
    }
