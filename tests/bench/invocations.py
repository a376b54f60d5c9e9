"""Runs a function on the unpacked zip, in a Python that sees nothing else, and counts its
instructions with valgrind where that is installed."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.functional.conftest import ENVIRONMENT

CHILD = Path(__file__).with_name("invoked.py")
VALGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")


@dataclass(frozen=True)
class Invoked:
    """`imported` came after the function had started."""

    statuses: list[int]
    imported: list[str]
    instructions: int


def can_count() -> bool:
    return shutil.which("valgrind") is not None


def invoke(
    folders: Sequence[Path], events: Sequence[dict[str, Any]], address: str, counting: bool = False
) -> Invoked:
    """`address` is where the function finds AWS."""
    with TemporaryDirectory() as folder:
        written = Path(folder, "events.json")
        written.write_text(json.dumps(events))
        done = subprocess.run(
            [
                *(VALGRIND if counting else ()),
                # Without a virtual environment's packages.
                *(os.path.realpath(sys.executable), "-S", CHILD),
                *(":".join(map(str, folders)), written),
            ],
            env=_environment(address),
            cwd=folder,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    counted = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    instructions = int(counted[1].replace(",", "")) if counted else 0
    return Invoked(told["statuses"], told["imported"], instructions)


def _environment(address: str) -> dict[str, str]:
    return {
        **ENVIRONMENT,
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HEED_FUNCTION": "api",
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        # Two runs then count the same, and a file system that is read-only is as on Lambda.
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
