"""The table of outcomes beside scores as the API shows it, as JSON and as CSV: from what was
counted by night, or counted now within limits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct

from chalicelib import moments
from chalicelib.errors import Conflict, FieldError
from chalicelib.outcomes.comparison import outcome_report
from chalicelib.outcomes.count_people import (
    CountPeopleNeeds,
    band_by_score,
    count_people,
    read_outcomes,
    read_people,
)
from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.outcomes.schemas import OutcomeReport, OutcomeRow, OutcomesQuery
from chalicelib.outcomes.snapshot import USUAL_RANGE, KeptCounts, kept_counts
from chalicelib.snapshots import SnapshotStore
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.identity import require_named
from chalicelib.web.csv_export import Cell
from chalicelib.web.days import days_of, shown_days

MOST = 20_000  # invitations, contacts or outcomes: more would take too much of a function's time
ADVICE = {
    "invitations": ("from", "Take a shorter range."),
    "outcomes": ("from", "Take a later range."),
    "contacts": ("survey", "One table cannot be made of so many accounts."),
}
ABOUT = ("survey", "kind", "audience", "tz", "as_of", "from", "to", "window_days")
COLUMNS = (*ABOUT, "group", "n", "yes", "rate", "low", "high")
T = TypeVar("T")


class ShowOutcomesNeeds(Struct, frozen=True):
    people: CountPeopleNeeds
    snapshots: SnapshotStore


def show_outcomes(
    survey: Survey, query: OutcomesQuery, now: datetime, needs: ShowOutcomesNeeds
) -> OutcomeReport:
    """Raises Conflict when the survey is not named, or when there is too much to read."""
    require_named(survey)
    kept = kept_counts(survey, query, needs.snapshots)
    found = kept or _counted_now(survey, query, now, needs.people)
    return {
        "survey": survey.id,
        "kind": query.kind,
        "audience": survey.audience,
        "tz": survey.tz,
        "as_of": moments.to_text(found.as_of),
        **shown_days(found.days),
        "window_days": query.window_days,
        **outcome_report(found.counts, query.kind, band_by_score(survey)),
    }


def _counted_now(
    survey: Survey, query: OutcomesQuery, now: datetime, needs: CountPeopleNeeds
) -> KeptCounts:
    days = days_of(query, moments.day_in(now, survey.tz), USUAL_RANGE)
    people = read_people(survey, days, at_most, needs)
    outcomes = read_outcomes(query.kind, people, at_most, needs)
    return KeptCounts(days, now, count_people(people, outcomes, query.window_days, now))


def as_rows(report: OutcomeReport) -> tuple[list[str], list[dict[str, Cell]]]:
    """The columns and the rows for CSV. Each row repeats ABOUT."""
    about = _chosen(ABOUT, report)
    reasons = [f"reason_{reason}" for reason in ChurnReason if report["kind"] == Kind.CHURN]
    return [*COLUMNS, *reasons], [about | _cells(row) for row in report["rows"]]


def _cells(row: OutcomeRow) -> dict[str, Cell]:
    interval, reasons = row["interval"], row["reasons"]
    return {
        **_chosen(("group", "n", "yes", "rate"), row),
        "low": interval["low"] if interval else None,
        "high": interval["high"] if interval else None,
        **{f"reason_{reason}": reasons[reason.value] for reason in ChurnReason if reasons},
    }


def _chosen(names: Sequence[str], part: Mapping[str, Any]) -> dict[str, Cell]:
    return {name: part[name] for name in names}


def at_most(found: Iterable[T], what: str) -> Iterator[T]:
    """Raises Conflict while it is read, when there are more than MOST."""
    for count, item in enumerate(found):
        if count == MOST:
            pointer, advice = ADVICE[what]
            detail = f"More than {MOST:,} {what}. {advice}"
            raise Conflict([FieldError(pointer, f"too_many_{what}", detail)])
        yield item
