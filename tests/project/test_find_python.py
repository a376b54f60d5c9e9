"""infra/install.sh takes the first Python that Heed runs on, and else says what to do."""

import shutil
import subprocess
import sys

import pytest

from infra.install import ROOT

# Each runs the real probe in the Python of the tests, after a change.
OLD = "sys.version_info, sys.version = (3, 10, 4), '3.10.4 (main, Jan  1 2026, 00:00:00) [GCC]'"
NEW = "sys.version_info, sys.version = (3, 15, 0), '3.15.0 (main, Jan  1 2026, 00:00:00) [GCC]'"
GOOD = "sys.version_info = (3, 14, 1)"
NO_VENV = "sys.version_info = (3, 13, 5); sys.modules['ensurepip'] = None"
FREE_THREADED = "sysconfig.get_config_var = lambda name: 1"
PYPY = "platform.python_implementation = lambda: 'PyPy'"
# The change is for the probe, not for what the probe imports.
SETTLED = "import platform, sys, sysconfig; sysconfig.get_config_vars()"
SHIM = 'echo "python3: command not found. It exists in: 3.8.18" >&2; exit 127'


class Machine:
    """A PATH of its own."""

    def __init__(self, folder):
        self.bin = folder / "bin"
        self.bin.mkdir()

    def add(self, name, change):
        self._write(
            name,
            f'[ "$1" = -c ] || {{ echo "{name} installs ${{*#*/infra/}}"; exit; }}\n'
            f'exec {sys.executable} -c "{SETTLED}; {change}; exec(sys.argv[1])" "$2"',
        )

    def add_shim(self, name):
        self._write(name, SHIM)

    def _write(self, name, script):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def install(self, **variables):
        return subprocess.run(
            [shutil.which("sh"), ROOT / "infra" / "install.sh", "run", "aws"],
            env={"PATH": str(self.bin)} | variables,
            capture_output=True,
            text=True,
        )


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_python3_counts_when_it_is_new_enough(machine):
    machine.add("python3", GOOD)
    machine.add("python3.11", "pass")
    done = machine.install()
    assert (done.returncode, done.stdout) == (0, "python3 installs install.py run aws\n")


@pytest.mark.parametrize("change", [OLD, NEW, NO_VENV, FREE_THREADED, PYPY])
def test_a_python_that_does_not_fit_is_passed_over(machine, change):
    machine.add("python3", change)
    machine.add("python3.12", "pass")
    assert machine.install().stdout.startswith("python3.12 installs")


def test_a_shim_that_only_prints_an_error_is_no_python(machine):
    machine.add_shim("python3")
    machine.add_shim("python3.14")
    machine.add("python3.11", "pass")
    assert machine.install().stdout.startswith("python3.11 installs")


def test_the_newest_comes_first_where_python3_is_of_no_use(machine):
    machine.add("python3", OLD)
    for name in ("python3.11", "python3.12", "python3.13"):
        machine.add(name, "pass")
    assert machine.install().stdout.startswith("python3.13 installs")


def test_what_was_found_is_told_with_what_to_do(machine):
    machine.add("python3", OLD)
    machine.add("python3.13", NO_VENV)
    machine.add_shim("python3.12")
    done = machine.install()
    assert (done.returncode, done.stdout) == (1, "")
    assert "python3 is CPython 3.10.4" in done.stderr
    assert "python3.13 has no venv module" in done.stderr
    assert "apt-get install python3.13-venv" in done.stderr
    assert "python3.12 does not run" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_machine_without_python_gets_a_sentence(machine):
    done = machine.install()
    assert done.returncode == 1
    assert "Heed needs Python 3.11, 3.12, 3.13 or 3.14" in done.stderr
    assert "nothing on the PATH has such a name" in done.stderr
    assert "Permission denied" not in done.stderr


def test_make_ends_with_that_sentence(machine):
    make = shutil.which("make")
    (machine.bin / "sh").symlink_to(shutil.which("sh"))
    environment = {"PATH": str(machine.bin)}
    done = subprocess.run([make, "run"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Heed needs Python 3.11" in done.stderr


def test_a_python_that_is_named_is_taken(machine):
    machine.add("python3", "pass")
    machine.add("my-python", "pass")
    done = machine.install(PYTHON=str(machine.bin / "my-python"))
    assert done.stdout.startswith("my-python installs")


def test_a_named_python_that_does_not_fit_is_not_replaced(machine):
    machine.add("python3", "pass")
    machine.add("my-python", OLD)
    done = machine.install(PYTHON="my-python")
    assert done.returncode == 1
    assert "my-python is CPython 3.10.4" in done.stderr


def test_the_pythons_that_are_looked_for_are_those_of_the_project():
    script = (ROOT / "infra" / "install.sh").read_text()
    assert 'requires-python = ">=3.11,<3.15"' in (ROOT / "pyproject.toml").read_text()
    assert "version < (3, 11) or version > (3, 14)" in script
    assert (3, 11) <= sys.version_info[:2] <= (3, 14)
