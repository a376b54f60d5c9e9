"""The counts of outcomes that are kept by night: of the usual range, with the usual windows."""

from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib import moments
from chalicelib.outcomes.count_people import (
    Bound,
    CountPeopleNeeds,
    count_people,
    read_outcomes,
    read_people,
)
from chalicelib.outcomes.counts import OutcomeCounts
from chalicelib.outcomes.outcome import Kind
from chalicelib.outcomes.schemas import OutcomesQuery
from chalicelib.periods import Range
from chalicelib.snapshots import Snapshot, SnapshotStore
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item, known_of

USUAL_RANGE: Final = timedelta(days=365)
WINDOWS: Final = (90, 180, 365)  # days


class KeptCounts(Struct, frozen=True):
    days: Range
    as_of: datetime
    counts: OutcomeCounts


def results_of(
    survey: Survey, now: datetime, bound: Bound, needs: CountPeopleNeeds
) -> dict[str, Item]:
    """By the name of the snapshot. What there is to count is read once."""
    days = usual_days(survey, now)
    people = read_people(survey, days, bound, needs)
    results: dict[str, Item] = {}
    for kind in Kind:
        outcomes = read_outcomes(kind, people, bound, needs)
        for window in WINDOWS:
            counts = count_people(people, outcomes, window, now)
            results[_name(kind, window)] = _to_item(days, counts)
    return results


def kept_counts(survey: Survey, query: OutcomesQuery, kept: SnapshotStore) -> KeptCounts | None:
    """None when they have to be counted now. A range that is named is looked for as well."""
    if query.window_days not in WINDOWS:
        return None
    found = kept.get(survey.id, _name(query.kind, query.window_days))
    if found is None:
        return None
    counts = _from_item(found)
    asked = (query.first or counts.days.first, query.end or counts.days.end)
    return counts if asked == (counts.days.first, counts.days.end) else None


def usual_days(survey: Survey, now: datetime) -> Range:
    today = moments.day_in(now, survey.tz)
    return Range(today + timedelta(days=1) - USUAL_RANGE, today + timedelta(days=1))


def _name(kind: Kind, window: int) -> str:
    return f"OUTCOMES#{kind.value}#{window}"


def _to_item(days: Range, counts: OutcomeCounts) -> Item:
    facts = asdict(counts)
    # The keys of a map in the table are texts.
    facts["by_score"] = {str(score): list(pair) for score, pair in counts.by_score.items()}
    facts["by_group"] = {group: list(pair) for group, pair in counts.by_group.items()}
    return {"from": days.first.isoformat(), "to": days.end.isoformat(), "counts": facts}


def _from_item(found: Snapshot) -> KeptCounts:
    result, facts = found.result, known_of(OutcomeCounts, found.result["counts"])
    by_score = {int(score): _pair(pair) for score, pair in facts["by_score"].items()}
    by_group = {group: _pair(pair) for group, pair in facts["by_group"].items()}
    counts = OutcomeCounts(**(facts | {"by_score": by_score, "by_group": by_group}))
    days = Range(date.fromisoformat(result["from"]), date.fromisoformat(result["to"]))
    return KeptCounts(days, found.as_of, counts)


def _pair(stored: list[int]) -> tuple[int, int]:
    yes, no = stored
    return yes, no
