"""What every operation costs on the table, at each of its sizes, beside its floor."""

import time_machine
from rich.console import Console
from rich.table import Table

from infra.progress import step
from tests.bench.world import heed
from tests.support.measured import COSTS, Cost, cost_of, prepared
from tests.support.operations import World

NOW = "2026-11-20T13:00:00Z"
# Of what tests/data/costs.json says: it is exact, and this leaves room to look into a change.
AT_MOST = 1.25
COLUMNS = ("there are", "calls", "reads", "writes", "floor")

Measured = dict[str, dict[str, Cost]]


def show_costs(console: Console, check: bool) -> Measured:
    """Raises SystemExit when `check` finds an operation beyond its bounds."""
    with step("Measuring every operation"):
        found = {name: {size: _cost(name, int(size)) for size in _sizes(name)} for name in COSTS}
    console.print(_table(found))
    console.print(
        "In units. Of what there are so many stands in brackets; without: it reads and writes by"
        " key. The floor, of the last size: steps / reads / writes.\n"
    )
    if check and (complaints := complaints_on(found)):
        raise SystemExit("\n".join(complaints))
    return found


def complaints_on(found: Measured) -> list[str]:
    return [
        f"{COSTS[name]['shows']} at {size}: {cost}, and {expected} is said."
        for name, costs in found.items()
        for size, cost in costs.items()
        if _is_beyond(cost, expected := Cost(*COSTS[name]["costs"][size]))
    ]


def _is_beyond(cost: Cost, expected: Cost) -> bool:
    pairs = (
        (cost.calls, expected.calls),
        (cost.reads, expected.reads),
        (cost.writes, expected.writes),
    )
    return any(measured > most * AT_MOST for measured, most in pairs)


def _sizes(name: str) -> list[str]:
    return list(COSTS[name]["costs"])


def _cost(name: str, size: int) -> Cost:
    with heed() as here, time_machine.travel(NOW, tick=False) as clock:
        return cost_of(prepared(name)(World(here, clock), size))


def _table(found: Measured) -> Table:
    table = Table("Operation")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for name, costs in found.items():
        told, of = COSTS[name], COSTS[name]["size_is"]
        shown, last = f"{told['shows']} ({of})" if of else told["shows"], list(costs)[-1]
        for size, cost in costs.items():
            there = f"{int(size):,}" if of else ""
            floor = " / ".join(map(str, told["floor"])) if size == last else ""
            numbers = (f"{cost.calls:,}", f"{cost.reads:,g}", f"{cost.writes:,g}")
            table.add_row(shown, there, *numbers, floor)
        table.add_section()
    return table
