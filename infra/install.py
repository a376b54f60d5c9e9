"""Makes the Python environments. Each is made again only when its requirements have changed, or
the Python.

Plain Python, because it runs before anything is installed. infra/install.sh finds the Python.
"""

import fcntl
import hashlib
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCAL = ROOT / ".local"
VENVS = LOCAL / "venvs"

# $1 is the environment, $2 the Python, $3 the requirements and $4 the pip of all.
PIP = '"$2" -m venv --clear "$1"'
ANEW = '"$2" -m venv --clear --without-pip "$1"'
# The requirements name all that is needed. Byte code is made of what is imported, when it is.
FILL = (
    '"$4" -m pip --python "$1/bin/python" install --quiet --disable-pip-version-check '
    '--no-deps --no-compile --require-hashes -r "$3"'
)

# A first line has room for 127 characters, and a folder may be deeper: so a shell reads it first.
PROGRAM = """#!/bin/sh
'''exec' {python} "$0" "$@"
' '''
import sys

sys.path[0] = {root!r}
from infra.cli import main

main()
"""


@dataclass(frozen=True)
class Environment:
    """`requirements` is empty for the one that only has pip. `has_program`: `heed` is in it."""

    home: Path
    requirements: str = ""
    has_program: bool = False

    def is_made(self) -> bool:
        return self._made_from() == [self._python(), self._pins()] and self._has_python()

    def start(self, log: Path) -> "subprocess.Popen[bytes]":
        # An installation that was interrupted has left no stamp.
        is_kept = self._made_from()[:1] == [self._python()] and self._has_python()
        script = (FILL if is_kept else f"{ANEW} && {FILL}") if self.requirements else PIP
        pip = VENVS / "pip" / "bin" / "python"
        with log.open("wb") as output:
            return subprocess.Popen(
                ["sh", "-c", script, "sh", self.home, sys.executable, self.requirements, pip],
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )

    def note(self) -> None:
        self._stamp.write_text(f"{self._python()}\n{self._pins()}\n")

    def add_program(self, root: Path) -> None:
        """That of the checkout in `root`."""
        program, python = self.home / "bin" / "heed", self.home / "bin" / "python"
        text = PROGRAM.format(python=shlex.quote(str(python)), root=str(root))
        if not program.exists() or program.read_text() != text:
            program.write_text(text)
            program.chmod(0o755)

    @property
    def _stamp(self) -> Path:
        return self.home / "made-from"

    def _made_from(self) -> list[str]:
        return self._stamp.read_text().splitlines() if self._stamp.exists() else []

    def _python(self) -> str:
        # Its programs name the folder in their first line.
        return f"{' '.join(sys.version.split())} in {self.home.resolve()}"

    def _pins(self) -> str:
        pins = (ROOT / self.requirements).read_bytes() if self.requirements else b""
        return hashlib.sha256(pins).hexdigest()

    def _has_python(self) -> bool:
        # False where the Python that it is linked to is gone.
        return (self.home / "bin" / "python").exists()


ENVIRONMENTS = {
    "pip": Environment(VENVS / "pip"),
    "run": Environment(VENVS / "run", "infra/requirements-run.txt", has_program=True),
    "aws": Environment(VENVS / "aws", "infra/requirements-aws.txt"),
    "sam": Environment(VENVS / "sam", "infra/requirements-sam.txt"),
    "inbox": Environment(VENVS / "inbox", "infra/requirements-inbox.txt"),
    "dev": Environment(ROOT / ".venv", "requirements-dev.txt", has_program=True),
    "supply": Environment(VENVS / "supply", "infra/requirements-supply.txt"),
    "checkov": Environment(VENVS / "checkov", "infra/requirements-checkov.txt"),
    "clients": Environment(VENVS / "clients", "infra/requirements-clients.txt"),
    "generator": Environment(VENVS / "generator", "infra/requirements-generator.txt"),
    "lock": Environment(VENVS / "lock", "infra/requirements-lock.txt"),
}


def main(names: list[str]) -> int:
    (LOCAL / "log").mkdir(parents=True, exist_ok=True, mode=0o700)
    with (LOCAL / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        missing = [name for name in names if not ENVIRONMENTS[name].is_made()]
        failed = install_all(missing) if missing else 0
        for name in names:
            if ENVIRONMENTS[name].has_program and not failed:
                ENVIRONMENTS[name].add_program(ROOT)
        return failed


def install_all(names: list[str]) -> int:
    """1 when one of them failed."""
    print(f"Installing for Python {sys.version.split()[0]}: {', '.join(names)}", flush=True)
    return (0 if ENVIRONMENTS["pip"].is_made() else install(["pip"])) or install(names)


def install(names: list[str]) -> int:
    """Side by side. 1 when one of them failed."""
    started = time.monotonic()
    running = {name: ENVIRONMENTS[name].start(_log(name)) for name in names}
    failed = 0
    try:
        while running:
            for name in [name for name, process in running.items() if process.poll() is not None]:
                failed |= _tell_end(name, running.pop(name).returncode, started)
            _show(list(running), started)
            time.sleep(0.1)
        return failed
    finally:
        for process in running.values():
            process.terminate()
            process.wait()


def _tell_end(name: str, code: int, started: float) -> int:
    _show([], started)
    if code:
        print(f"  Installing {name} failed:\n{_log(name).read_text(errors='replace')}", flush=True)
        return 1
    ENVIRONMENTS[name].note()
    print(f"  {name:<8}{time.monotonic() - started:5.1f} s", flush=True)
    return 0


def _show(names: list[str], started: float) -> None:
    """The last line of a terminal, written over again and again. Elsewhere nothing."""
    if sys.stdout.isatty():
        waiting = f"  {', '.join(names)} ... {time.monotonic() - started:.0f} s" if names else ""
        print(f"\r\x1b[K{waiting}", end="", flush=True)


def _log(name: str) -> Path:
    return LOCAL / "log" / f"install-{name}.log"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
