"""The deployed API against the document that it serves, by Schemathesis."""

from pathlib import Path

import pytest

from tests.conftest import stack_in
from tests.stack.web.fuzz import fuzz

pytestmark = pytest.mark.slow

SEED = 20261121
EXAMPLES = 10


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """On nobody else's stack: what is sent changes surveys."""
    with stack_in(tmp_path) as stack:
        found = fuzz(stack, SEED, EXAMPLES, tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr
