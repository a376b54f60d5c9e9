"""How often Heed says that something happened when nothing did, by simulation."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from infra.progress import step
from tests.support.chance import coverages, false_changes, false_trends
from tests.support.drifting import false_gaps
from tests.support.late_answers import false_rates
from tests.support.quiet_years import quiet_years

RUNS, SEED, SHOWN = 1000, 2026, 3
A_MONTH = (3, 20, 150, 500)


def show_null_rates(console: Console) -> None:
    table = Table("By chance alone", "wanted", "cases", "worst of them")
    with step("Drawing answers"):
        _add(table, "CES interval holds the truth", ">= 92 %", coverages(RUNS, SEED), lowest=True)
        _add(table, "a change or a gap is found", "<= 6.5 %", false_changes(RUNS, SEED))
        _add(table, "a trend is found", "<= 6 %", false_trends(A_MONTH, RUNS // 4, SEED))
        _add(table, "a response rate fell or rose", "<= 6 %", false_rates(RUNS // 4, SEED))
        gaps = false_gaps(RUNS // 4, SEED)
        _add(table, "a gap, where all fell and one grew", "<= 6 %", gaps)
        months, years = quiet_years(RUNS // 5, 150, SEED)
    table.add_row("insights of a quiet month", "<= 6 %", f"{12 * RUNS // 5}", f"{months:.1%}")
    table.add_row("insights of a quiet year", "<= 10 %", f"{RUNS // 5}", f"{years:.1%}")
    console.print(table)
    console.print(f"{RUNS:,} draws a case, a quarter of that for trends, which have the most.\n")


def _add(
    table: Table, name: str, wanted: str, rates: Mapping[str, float], lowest: bool = False
) -> None:
    worst = sorted(rates.items(), key=lambda rate: rate[1], reverse=not lowest)[:SHOWN]
    told = "\n".join(f"{rate:.1%}  {case}" for case, rate in worst)
    table.add_row(name, wanted, str(len(rates)), told)
