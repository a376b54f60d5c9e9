"""A short storm with fewer faults than `make storm`, always with the same seed."""

from pathlib import Path

import pytest

from tests.conftest import stack_in
from tests.storm.storm import Plan, storm

pytestmark = pytest.mark.slow
SHORT = Plan(seconds=20, seed=11, clients=6, strength=0.6, kill_every=0)


def test_nothing_is_lost_doubled_or_wrong_after_a_storm(tmp_path: Path) -> None:
    """On a stack of its own: for its items an hour and more goes by."""
    with stack_in(tmp_path) as stack:
        report = storm(stack, SHORT)
    # A slow machine does less in the same time.
    assert report.done, str(report)
    assert report.faults.injected, str(report)
    assert not report.findings.count, str(report)
