"""What operations cost, by name: measured, and as tests/data/costs.json says."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from chalicelib import deadline
from chalicelib.aws import clients
from chalicelib.responses import wiring as responses_wiring
from tests.support import operations
from tests.support.capacity import READS, WRITES, Meter
from tests.support.operations import Action, World

COSTS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data/costs.json").read_text()
)["operations"]


@dataclass(frozen=True)
class Cost:
    calls: int
    reads: float
    writes: float


def prepared(name: str) -> Callable[[World, int], Action]:
    found: Callable[[World, int], Action] = getattr(operations, name)
    return found


def cost_of(action: Action) -> Cost:
    # moto is slow: no request may run out of time by it. Metrics are printed by the way.
    with (
        patch.object(deadline, "clock", lambda: 0.0),
        patch.object(responses_wiring, "watch", lambda seen: None),
        Meter(clients.client("dynamodb")).running() as meter,
    ):
        action()
    return Cost(len(meter.calls), meter.units(*READS), meter.units(*WRITES))
