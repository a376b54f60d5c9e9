"""Pins every package with its hashes, for all the Pythons and both processors: `make lock`. What
is pinned stays; `make lock UPGRADE=ruff` takes the newest of one package.

uv asks PyPI. UV_DEFAULT_INDEX names another index.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from infra.install import ENVIRONMENTS, ROOT, VENVS

PIN: Final = re.compile(r"^[A-Za-z0-9._-]+==[^\s;]+", re.MULTILINE)
# They hold what is in the zip too.
WITH_ZIP: Final = ("run", "dev")
# MiniStack, which reads both environments, has a boto3.
LEFT_OUT: Final = {
    "sam": ["boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3"],
}


def lock(upgrade: str) -> None:
    zipped = ROOT / "requirements.txt"
    pins = "\n".join(PIN.findall(zipped.read_text()))
    _compile(zipped, "-", "--no-deps", given=pins)
    for name, environment in ENVIRONMENTS.items():
        if environment.requirements:
            _compile(
                ROOT / environment.requirements,
                *([str(zipped)] if name in WITH_ZIP else []),
                *("--group", name),
                *(f"--no-emit-package={package}" for package in LEFT_OUT.get(name, ())),
                *(["--upgrade-package", upgrade] if upgrade else []),
            )


def _compile(to: Path, *words: str, given: str = "") -> None:
    head = re.match(r"(#.*\n)*", to.read_text() if to.exists() else "")
    subprocess.run(
        [
            *(str(VENVS / "lock" / "bin" / "uv"), "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"),
            *("--no-emit-index-url", "--output-file", str(to), *words),
        ],
        cwd=ROOT,
        input=given,
        text=True,
        check=True,
    )
    to.write_text((head[0] if head else "") + to.read_text())


if __name__ == "__main__":
    try:
        lock(sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
