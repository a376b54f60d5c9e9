"""Makes the Python environments. Each is made again only when its requirements have changed.

Plain Python, because it runs before anything is installed.
"""

import fcntl
import hashlib
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCAL = ROOT / ".local"


@dataclass(frozen=True)
class Environment:
    home: Path
    requirements: str

    def wanted(self) -> str:
        made_from = sys.version.encode() + (ROOT / self.requirements).read_bytes()
        return hashlib.sha256(made_from).hexdigest()

    @property
    def stamp(self) -> Path:
        return self.home / "made-from"

    def is_made(self) -> bool:
        return self.stamp.exists() and self.stamp.read_text() == self.wanted()

    def start(self, log: Path) -> "subprocess.Popen[bytes]":
        # A venv without a working pip is what an interrupted installation leaves.
        script = (
            '"$1/bin/python" -m pip --version >/dev/null 2>&1 || "$2" -m venv --clear "$1" && '
            '"$1/bin/python" -m pip install --quiet --disable-pip-version-check '
            '--require-hashes -r "$3"'
        )
        with log.open("wb") as output:
            return subprocess.Popen(
                ["sh", "-c", script, "sh", self.home, sys.executable, self.requirements],
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )


ENVIRONMENTS = {
    "dev": Environment(ROOT / ".venv", "requirements-dev.txt"),
    "aws": Environment(LOCAL / "venvs" / "aws", "infra/requirements-aws.txt"),
    "sam": Environment(LOCAL / "venvs" / "sam", "infra/requirements-sam.txt"),
    "inbox": Environment(LOCAL / "venvs" / "inbox", "infra/requirements-inbox.txt"),
    "supply": Environment(LOCAL / "venvs" / "supply", "infra/requirements-supply.txt"),
    "checkov": Environment(LOCAL / "venvs" / "checkov", "infra/requirements-checkov.txt"),
}


def main(names: list[str]) -> int:
    if sys.version_info[:2] != (3, 11):
        print(f"Heed needs Python 3.11, and this is {sys.version.split()[0]}.")
        return 1
    (LOCAL / "log").mkdir(parents=True, exist_ok=True, mode=0o700)
    with (LOCAL / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        missing = [name for name in names if not ENVIRONMENTS[name].is_made()]
        return install(missing) if missing else 0


def install(names: list[str]) -> int:
    print(f"Installing ({', '.join(names)}); the first time this takes a minute", flush=True)
    started = time.monotonic()
    running = {name: ENVIRONMENTS[name].start(_log(name)) for name in names}
    try:
        return max([_finish(name, process, started) for name, process in running.items()])
    finally:
        for process in running.values():
            if process.poll() is None:
                process.terminate()
                process.wait()


def _finish(name: str, process: "subprocess.Popen[bytes]", started: float) -> int:
    if process.wait():
        print(f"  Installing {name} failed:\n{_log(name).read_text(errors='replace')}")
        return 1
    ENVIRONMENTS[name].stamp.write_text(ENVIRONMENTS[name].wanted())
    print(f"  environment {name}  {time.monotonic() - started:.1f} s", flush=True)
    return 0


def _log(name: str) -> Path:
    return LOCAL / "log" / f"install-{name}.log"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
