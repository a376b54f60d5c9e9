"""What one survey takes, as tables."""

from rich.console import Console
from rich.table import Table

from tests.bench.limits import NEW_PARTITIONS
from tests.bench.rush import (
    CALL_S,
    OWN_S,
    WARM_PARTITIONS,
    Rush,
    best_of,
    burst,
    rush,
    sustained,
)
from tests.bench.rush import MOST as ALL_OPEN

AIM = 2000  # answers a second
BURSTS = (16, 64, 256)
SEEDS = range(10)


def show_rush(console: Console) -> None:
    warm, new = sustained(WARM_PARTITIONS), sustained(NEW_PARTITIONS)
    table = _table(
        "One survey, answers a second", "tries", "wait, half", "99 %", "given up", "units"
    )
    for name, rates in (("warmed", warm), ("new, 4 partitions", new)):
        for rate, found in rates.items():
            table.add_row(f"{name}: {rate:,}", *_row(found), f"{found.units / found.answers:.1f}")
        table.add_section()
    console.print(table)
    console.print(
        f"Sustained without anybody given up: {best_of(warm):,} a second on a table warmed to"
        f" {WARM_PARTITIONS:,}000 write units, {best_of(new):,} on a new one."
    )
    _show_bursts(console)
    _show_needs(console, warm[AIM])


def _show_bursts(console: Console) -> None:
    table = _table(
        "A burst in 100 ms, the worst of ten", "tries", "wait, half", "99 %", "given up", "longest"
    )
    for people in BURSTS:
        for name, shards in (("quiet until then", 1), ("busy before", ALL_OPEN)):
            runs = [rush(burst(people, one), WARM_PARTITIONS, one, shards) for one in SEEDS]
            worst = max(runs, key=lambda run: (run.given_up, max(run.waits)))
            table.add_row(f"{people}, {name}", *_row(worst), f"{max(worst.waits):.2f} s")
    console.print(table)


def _show_needs(console: Console, found: Rush) -> None:
    pages = round(AIM * (OWN_S + 2 * CALL_S))
    console.print(
        f"{AIM:,} answers a second are {2 * AIM:,} requests a second at the gateway (a page and a"
        f" form; {4 * AIM:,} with two beacons; an account has 10,000), and {found.busiest + pages}"
        " functions at once (an account has 1,000). Times of calls are assumed:"
        " tests/bench/rush.py.\n"
    )


def _row(found: Rush) -> list[str]:
    waits = [f"{found.wait(share) * 1000:.0f} ms" for share in (0.5, 0.99)]
    return [f"{found.tries_each:.2f}", *waits, f"{found.given_up:,}"]


def _table(first: str, *columns: str) -> Table:
    table = Table(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table
