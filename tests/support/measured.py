"""What operations cost, by name: measured, and as tests/data/costs.json says."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.aws import clients
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
    with Meter(clients.client("dynamodb")).running() as meter:
        action()
    return Cost(len(meter.calls), meter.units(*READS), meter.units(*WRITES))
