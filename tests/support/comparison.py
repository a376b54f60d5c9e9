"""Made-up people whose outcomes are compared."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT, Cohort, CohortMember
from chalicelib.outcomes.comparison import outcome_report
from chalicelib.outcomes.counts import OutcomeForPeople, Terms, count_outcomes
from chalicelib.outcomes.outcome import Kind
from chalicelib.outcomes.schemas import OutcomeTable
from chalicelib.surveys.scale import band_of, points_of
from tests.support.samples import NOW

DAY = timedelta(days=1)
WINDOW = 180 * DAY
START = NOW - 365 * DAY
BAND = {point: band_of(point).value for point in points_of("nps")}
# score, or the group of those without one: (yes, no)
Cells = dict[int | str, tuple[int, int]]
SEED: Cells = {
    0: (0, 3),
    3: (1, 4),
    5: (0, 5),
    6: (2, 8),
    7: (3, 12),
    8: (5, 15),
    9: (9, 14),
    10: (12, 7),
    SILENT: (19, 281),
    NEVER_ASKED: (2, 48),
}


def report_of(
    people: Iterable[CohortMember],
    happened: Iterable[OutcomeForPeople] = (),
    kind: Kind = Kind.REFERRAL,
    erased: int = 0,
    contacts: Iterable[str] = (),
) -> OutcomeTable:
    return report_on(Cohort(tuple(people), erased), happened, kind, contacts)


def report_on(
    cohort: Cohort,
    happened: Iterable[OutcomeForPeople],
    kind: Kind = Kind.REFERRAL,
    contacts: Iterable[str] = (),
) -> OutcomeTable:
    counts = count_outcomes(cohort, list(happened), contacts, Terms(WINDOW, NOW))
    return outcome_report(counts, kind, BAND)


def told(cells: Cells, kind: Kind = Kind.REFERRAL, reason: str | None = None) -> OutcomeTable:
    """The report of made-up people, so many with and without the outcome in each cell."""
    people, happened = [], []
    for cell, (yes, no) in cells.items():
        for number in range(yes + no):
            person = f"{cell}-{number}"
            score = cell if isinstance(cell, int) else None
            group = BAND[cell] if isinstance(cell, int) else cell
            people.append(CohortMember(person, group, START, score))
            if number < yes:
                happened.append(OutcomeForPeople(frozenset({person}), START + DAY, reason))
    return report_of(people, happened, kind)


def row(report: OutcomeTable, group: str) -> dict[str, Any]:
    (found,) = [one for one in report["rows"] if one["group"] == group]
    return dict(found)
