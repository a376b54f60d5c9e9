"""What one survey takes, as tables."""

from rich.console import Console
from rich.table import Table

from tests.bench.answering import WAYS
from tests.bench.limits import NEW_PARTITIONS
from tests.bench.rush import MOST as ALL_OPEN
from tests.bench.rush import (
    NEW_RATES,
    WARM_PARTITIONS,
    WARM_RATES,
    Rush,
    best_of,
    burst,
    rush,
    sustained,
)

AIM = 2000  # answers a second
BURSTS = (16, 64, 256)
SEEDS = range(10)
NAMES = {
    "form": "a form alone",
    "phone": "a phone, two beacons",
    "mouse": "a mouse, two beacons",
}
Rates = dict[int, Rush]


def show_rush(console: Console, check: bool) -> None:
    """Raises SystemExit when `check` finds it beyond its bounds."""
    warm = {way: sustained(way, WARM_PARTITIONS[way], WARM_RATES) for way in WAYS}
    new = {way: sustained(way, NEW_PARTITIONS, NEW_RATES) for way in WAYS}
    bursts = {
        (way, people, shards): _worst_burst(way, people, shards)
        for way in WAYS
        for people in BURSTS
        for shards in (1, ALL_OPEN)
    }
    console.print(_rates_table(warm, new))
    console.print(_bursts_table(bursts))
    console.print(_needs_table(warm))
    console.print(
        "Requests and functions as the gateway and Lambda have to allow them (an account has 10,000"
        " a second and 1,000 at once): `of_pages` in infra/resources.yaml and"
        " HEED_RESERVED_CONCURRENCY. Times of calls are assumed: tests/bench/rush.py.\n"
    )
    if check and (complaints := complaints_on(warm, bursts)):
        raise SystemExit("\n".join(complaints))


def complaints_on(warm: dict[str, Rates], bursts: dict[tuple[str, int, int], Rush]) -> list[str]:
    slow = [
        f"{NAMES[way]}: {best_of(rates):,} answers a second, and at least {AIM:,} are wanted."
        for way, rates in warm.items()
        if best_of(rates) < AIM
    ]
    lost = [
        f"{NAMES[way]}: {found.given_up} given up of a burst of {people}."
        for (way, people, _), found in bursts.items()
        if found.given_up
    ]
    return [*slow, *lost]


def _worst_burst(way: str, people: int, shards: int) -> Rush:
    partitions = WARM_PARTITIONS[way]
    runs = [rush(burst(people, one), partitions, one, shards, way, at_once=True) for one in SEEDS]
    return max(runs, key=lambda run: (run.given_up, max(run.waits)))


def _rates_table(warm: dict[str, Rates], new: dict[str, Rates]) -> Table:
    table = _table(
        "One survey, answers a second", "tries", "wait, half", "99 %", "given up", "units"
    )
    for name, found in (("warmed", warm), ("new, 4 partitions", new)):
        for way, rates in found.items():
            # Where it still holds, and where it does not any more.
            for rate, run in list(rates.items())[-2:]:
                units = f"{run.units / run.answers:.1f}"
                table.add_row(f"{name}, {NAMES[way]}: {rate:,}", *_row(run), units)
        table.add_section()
    return table


def _bursts_table(bursts: dict[tuple[str, int, int], Rush]) -> Table:
    table = _table(
        "A burst in 100 ms, the worst of ten", "tries", "wait, half", "99 %", "given up", "longest"
    )
    for (way, people, shards), found in bursts.items():
        before = "busy before" if shards == ALL_OPEN else "quiet until then"
        longest = f"{max(found.waits):.2f} s"
        table.add_row(f"{people}, {NAMES[way]}, {before}", *_row(found), longest)
    return table


def _needs_table(warm: dict[str, Rates]) -> Table:
    table = _table(
        f"{AIM:,} answers a second need", "requests a second", "functions at once", "write units"
    )
    for way, rates in warm.items():
        if AIM in rates:
            found, ready = rates[AIM], f"{WARM_PARTITIONS[way]:,},000"
            most = max(found.requests.values())
            table.add_row(NAMES[way], f"{most:,}", f"{found.busiest:,}", ready)
    return table


def _row(found: Rush) -> list[str]:
    waits = [f"{found.wait(share) * 1000:.0f} ms" for share in (0.5, 0.99)]
    return [f"{found.tries_each:.2f}", *waits, f"{found.given_up:,}"]


def _table(first: str, *columns: str) -> Table:
    table = Table(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table
