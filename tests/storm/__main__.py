"""make storm: sixteen clients on a local stack of its own whose calls fail at random. Then
everything is counted again. Ends with 1 when something was lost, doubled or wrong."""

import os
import sys
import tempfile
from pathlib import Path

from tests.conftest import stack_in
from tests.storm.storm import Plan, storm


def main(minutes: float, seed: int) -> int:
    with tempfile.TemporaryDirectory() as home, stack_in(Path(home)) as stack:
        report = storm(stack, Plan(seconds=minutes * 60, seed=seed))
        print(report, flush=True)
    return 1 if report.findings.count else 0


if __name__ == "__main__":
    minutes, seed = (*sys.argv[1:], "", "")[:2]
    sys.exit(main(float(minutes or 3), int(seed or int.from_bytes(os.urandom(3)))))
