"""What `import app` costs a fresh interpreter: each library, and each module of the house."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from tempfile import TemporaryDirectory

from infra.paths import ROOT

LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)")
RUNS = 3
NO_BYTE_CODE = "PYTHONDONTWRITEBYTECODE"


def imports() -> Counter[str]:
    """Milliseconds, in the fastest of some runs. The clock that measures makes everything
    somewhat slower. With byte code, which the zip has too: a first run writes it."""
    with TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != NO_BYTE_CODE}
        environment = kept | {"PYTHONPYCACHEPREFIX": folder}
        _run(environment)
        return min((_run(environment) for _ in range(RUNS)), key=lambda run: run.total())


def _run(environment: Mapping[str, str]) -> Counter[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import app"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [match.groups() for match in map(LINE.match, done.stderr.splitlines()) if match]
    tops = [place for place, (_, _, indent, _) in enumerate(found) if len(indent) == 1]
    # A module comes after those that it imports: app's are what follows the last one that
    # the interpreter imports for itself.
    spent: Counter[str] = Counter()
    for own, _, _, name in found[tops[-2] + 1 :]:
        part = name if name.startswith("chalicelib.") else name.partition(".")[0]
        spent[part] += int(own) / 1000  # type: ignore[assignment]
    return spent
