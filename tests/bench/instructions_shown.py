"""The instructions of the zip's function, in a table, and held to bounds."""

from rich.console import Console
from rich.table import Table

from infra.package import package
from infra.progress import step
from tests.bench.instructions import Count, counts
from tests.bench.invocations import can_count
from tests.bench.world import heed

NAMES = {
    "bare": "bare Chalice, one boto3 client: page and form",
    "form": "page and form",
    "tap": "page, two beacons and form",
    "hook": "a help desk's hook",
    "scores": "a score read",
}
# Generous, so that only a change of kind breaks them. How far the figures are from the floor is
# in the table.
FIRST_OF_WARM = 4.0
COLD_OF_BARE = 1.1
WARM_OF_BARE = 6.0


def show_instructions(console: Console, check: bool) -> None:
    if not can_count():
        told = "Instructions are not counted: valgrind is not installed."
        if check:
            raise SystemExit(told)
        console.print(told)
        return
    with step("Packaging the functions"):
        package()
    with step("Counting instructions"), heed() as here:
        found = counts(here)
    console.print(_table(found))
    if check and (complaints := complaints_on(found)):
        raise SystemExit("\n".join(complaints))


def complaints_on(found: dict[str, Count]) -> list[str]:
    """What only the API or a hook needs is imported at its first request, so of those no bound
    holds the first."""
    bare, form = found["bare"], found["form"]
    ratios = [
        *(
            (f"first {way} / warm", found[way].first / found[way].warm, FIRST_OF_WARM)
            for way in ("form", "tap")
        ),
        ("cold form / bare", form.cold / bare.cold, COLD_OF_BARE),
        ("warm form / bare", form.warm / bare.warm, WARM_OF_BARE),
    ]
    return [
        f"Instructions, {name}: {ratio:.2f}, and at most {bound} is allowed."
        for name, ratio, bound in ratios
        if ratio > bound
    ]


def _table(found: dict[str, Count]) -> Table:
    table = Table("Million instructions")
    for column in ("start", "first", "cold, of bare", "warm", "of bare", "first / warm"):
        table.add_column(column, justify="right")
    bare = found["bare"]
    for way, count in found.items():
        table.add_row(
            NAMES[way],
            f"{count.start:,.0f}",
            f"{count.first:,.1f}",
            f"{count.cold / bare.cold:.2f}",
            f"{count.warm:,.1f}",
            f"{count.warm / bare.warm:.1f}",
            f"{count.first / count.warm:.1f}",
        )
    return table
