"""Schemathesis, with all its checks and phases, against a stack of its own: what it sends
changes surveys. `make fuzz SEED=...` runs it longer than the tests do."""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import Stack, stack_in


def fuzz(stack: Stack, seed: int, examples: int, home: Path) -> subprocess.CompletedProcess[str]:
    """`examples`: at most so many requests per operation and phase."""
    command = [
        *(Path(sys.executable).with_name("schemathesis"), "run", f"{stack.api}/v1/openapi.json"),
        *("--header", f"Authorization: Bearer {stack.key}", "--checks", "all"),
        *("--seed", str(seed), "--max-examples", str(examples), "--warnings", "off"),
        # On a busy machine the first answer takes long.
        *("--wait-for-schema", "120", "--request-timeout", "60"),
    ]
    # Its cache of earlier findings is left behind in `home`.
    return subprocess.run(command, cwd=home, capture_output=True, text=True)


def main(seed: str, examples: str) -> int:
    number = random.randrange(2**32) if seed == "random" else int(seed)
    with tempfile.TemporaryDirectory() as folder, stack_in(Path(folder)) as stack:
        found = fuzz(stack, number, int(examples), Path(folder))
    print(found.stdout, found.stderr, sep="")
    return found.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
