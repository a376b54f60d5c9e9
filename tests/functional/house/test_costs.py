"""Calls and units of every operation, as tests/data/costs.json says: the figures of the docs and
of `make bench` cannot rot. They do not depend on the machine."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.functional.conftest import Heed
from tests.support.measured import COSTS, Cost, cost_of, prepared
from tests.support.operations import World

NOW = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
# The last size of each is left to `make bench`, where it takes its time.
CASES = [
    (name, size)
    for name, told in COSTS.items()
    for size in list(told["costs"])[: max(1, len(told["costs"]) - 1)]
]


@pytest.mark.parametrize(("name", "size"), CASES)
def test_an_operation_costs_what_is_said(heed: Heed, name: str, size: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        action = prepared(name)(World(heed, clock), int(size))
        assert cost_of(action) == Cost(*COSTS[name]["costs"][size])


def test_what_does_not_grow_costs_the_same_at_every_size() -> None:
    for name in ("scores", "scores_by_group", "insights", "outcomes"):
        assert len({tuple(cost) for cost in COSTS[name]["costs"].values()}) == 1, name
    pages = {name: list(COSTS[name]["costs"].values()) for name in COSTS if "page" in name}
    for name, (_, middle, most) in pages.items():
        assert middle == most, name
