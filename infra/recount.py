"""Recounts a stack for the operator, and prints what was wrong."""

from msgspec.structs import asdict
from rich.markup import escape
from rich.table import Table

from chalicelib import moments, wiring
from chalicelib.errors import NotFound
from chalicelib.noting import note_end
from chalicelib.recount import recount_needs
from chalicelib.snapshots import outdating
from chalicelib.tally.findings import Mismatch, Report
from chalicelib.tally.recount import recount
from infra.errors import OperatorError
from infra.noted import noted_once_a_day
from infra.outputs import use_stack
from infra.progress import step
from infra.told import table_with, tell


def recount_stack(outputs: dict[str, str], survey: str | None, repairs: bool) -> bool:
    """True when every tally is right at the end."""
    use_stack(outputs)
    try:
        needs = recount_needs(survey, repairs)
    except NotFound as error:
        raise OperatorError(f"There is no survey {survey!r}.") from error
    what = f"/v1/surveys/{survey}" if survey else "/v1/surveys"
    with (
        noted_once_a_day("recount", what, survey),
        step(f"Counting {survey or 'all surveys'} again"),
    ):
        if repairs:
            wiring.table().note()
        report = recount(needs)
        if repairs:
            # Outcomes are counted live until the next hour counts them again.
            wiring.table().write(outdating())
            note_end(wiring.table(), moments.now())
    show(report)
    return report.is_settled


def show(report: Report) -> None:
    said = [
        f"{report.checked} of {report.cells} cells checked, surveys: {len(report.surveys)}",
        f"{len(report.mismatched)} were wrong, {report.repaired} repaired",
    ]
    if report.busy:
        said.append(f"{report.busy} kept changing, try again when fewer people answer")
    if not report.finished:
        said.append("[red]not finished[/red]: the table could not be read to its end, try again")
    tables = [_table(report.mismatched)] if report.mismatched else []
    tell(_facts(report), *tables, *(f"  {line}" for line in said))


def _facts(report: Report) -> dict[str, object]:
    wrong = [asdict(cell) for cell in report.mismatched]
    counted = {name: getattr(report, name) for name in ("cells", "checked", "repaired", "busy")}
    return {"surveys": len(report.surveys), **counted, "finished": report.finished, "wrong": wrong}


def _table(mismatched: tuple[Mismatch, ...]) -> Table:
    """A cell is a segment on a day or in a month; one line for each wrong field."""
    table = table_with("survey", "segment", "day or month", "count", "was", "is", "")
    for wrong in mismatched:
        what = "repaired" if wrong.repaired else "[red]not repaired[/red]"
        for field in wrong.difference:
            was, right = wrong.stored.get(field, 0), wrong.counted.get(field, 0)
            cell = [escape(name) for name in (wrong.survey, wrong.segment, wrong.day, field)]
            table.add_row(*cell, str(was), str(right), what)
    return table
