"""`make bench`: what Heed costs, counted on moto in this process. Calls and units are the
same on every machine; times are not, so they are shown as ratios within one run."""

import sys

import time_machine
from rich.table import Table

from infra.progress import console, step
from tests.bench import reading, starting, writing
from tests.bench.costs_shown import show_costs
from tests.bench.instructions_shown import show_instructions
from tests.bench.money import DOLLARS, show_money
from tests.bench.null_rates import show_null_rates
from tests.bench.rush_shown import show_rush
from tests.bench.world import heed

NOW = "2026-11-20T13:00:00Z"
SHOWN = 10
WRITE_UNIT = DOLLARS["million_write_units"] / 10**6
READ_UNIT = DOLLARS["million_read_units"] / 10**6


def main() -> None:
    with heed() as here, step("Asking and answering"):
        written = writing.writes(here)
    with heed() as here, time_machine.travel(NOW, tick=False):
        with step("Reading scores"):
            read = reading.reads(here)
        with step("Counting again"):
            recounted = reading.recounts()
    check = "--check" in sys.argv
    show_costs(console, check)
    show_money(console, check)
    _show_reads(read, recounted)
    _show_writes(written)
    _show_imports()
    show_rush(console, check)
    show_instructions(console, check)
    show_null_rates(console)
    console.print(
        "Units by the documented formulae from the items that were read and written"
        " (tests/support/capacity.py): moto's own are made up. Prices: on demand, us-east-1."
    )


def _show_reads(
    reads: dict[str, dict[str, reading.Cost]], recounts: dict[int, reading.Cost]
) -> None:
    table = _table("A score read", "answers", "calls", "items", "read units", "CPU, ratio")
    one = next(iter(next(iter(reads.values())).values()))
    for name, sizes in reads.items():
        for size, cost in sizes.items():
            table.add_row(name, size, *_shown(cost, one))
        table.add_section()
    for size, cost in recounts.items():
        name = "recount, a page at a time" if size < 10**6 else "recount, by arithmetic"
        table.add_row(name, f"{size:,}", *_shown(cost, one))
    console.print(table)
    console.print(
        "The answers are on three days, the same at each size, and in the last row of a range on"
        " every day since 2025-11-01. CPU time is this process's, most of it moto's.\n"
    )


def _shown(cost: reading.Cost, one: reading.Cost) -> list[str]:
    ratio = f"{cost.cpu_s / one.cpu_s:,.1f}"
    return [f"{cost.calls:,}", f"{cost.items:,}", f"{cost.units:,.0f}", ratio]


def _show_writes(surveys: dict[str, list[writing.Step]]) -> None:
    table = _table("One person, one segment", "write units", "read units", "$ per 1,000")
    for counts, steps in surveys.items():
        for one in steps:
            dollars = (one.writes * WRITE_UNIT + one.reads * READ_UNIT) * 1000
            cells = (f"{one.writes:g}", f"{one.reads:g}", f"{dollars:.4f}")
            table.add_row(f'"{counts}": {one.name}', *cells)
        table.add_section()
    console.print(table)


def _show_imports() -> None:
    spent = starting.imports()
    table = _table("Imported before a tap", "ms", "share")
    for name, own in spent.most_common(SHOWN):
        table.add_row(name, f"{own:.1f}", f"{own / spent.total():.0%}")
    table.add_row("all", f"{spent.total():.1f}", "100%")
    console.print(table)


def _table(first: str, *columns: str) -> Table:
    table = Table(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


if __name__ == "__main__":
    main()
