"""Outcomes beside scores: what people did later, by their answer or their silence. Pure. It
shows what went together and tells no cause."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT, Cohort, CohortMember, Group
from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.outcomes.schemas import (
    ChurnReasons,
    OutcomeComparisons,
    OutcomeRow,
    OutcomeTable,
    RateDifference,
    RateRatio,
    ScoreOrder,
    SilentShare,
)
from chalicelib.outcomes.sentences import notes_of
from chalicelib.scores.statistics.association import YesNo, auc, newcombe, risk_ratio, spearman
from chalicelib.scores.statistics.intervals import wilson
from chalicelib.scores.summary import shown_interval
from chalicelib.surveys.scale import Band

# With fewer answers a comparison would say too much.
ANSWERS_NEEDED = 30
OF_EACH_NEEDED = 10


@dataclass(frozen=True, slots=True)
class OutcomeForPeople:
    """One outcome, and the people for whom it counts: all contacts of its account."""

    people: frozenset[str]
    at: datetime
    reason: ChurnReason | None = None


@dataclass(frozen=True)
class Terms:
    """`bands` has the lowest band first. A person whose window has not ended by `now` is left
    out and does not count as a no."""

    kind: Kind
    bands: Sequence[Band]
    window: timedelta
    now: datetime


@dataclass(frozen=True, slots=True)
class PersonResult:
    """What one person did in the window. `reason` is that of the first outcome in it."""

    group: Group
    score: int | None
    yes: bool
    reason: ChurnReason | None


def outcome_report(
    cohort: Cohort,
    outcomes: Sequence[OutcomeForPeople],
    contacts: Iterable[str],
    terms: Terms,
) -> OutcomeTable:
    """`contacts` are the people whose account is known."""
    people = cohort.people
    ended = [member for member in people if member.starts_at + terms.window <= terms.now]
    results = _results(ended, outcomes, terms.window)
    rows = [_row(group, results, terms.kind) for group in _groups(terms.bands)]
    comparisons = _comparisons(results, rows, terms.bands)
    share = _share_of_the_silent(rows)
    pending = len(people) - len(ended)
    return {
        "rows": rows,
        "comparisons": comparisons,
        "silent_share": share,
        "left_out": {
            "pending": pending,
            "erased": cohort.erased,
            "unnamed": cohort.unnamed,
        },
        "without_contact": len({member.person for member in ended} - set(contacts)),
        "of_nobody_here": _of_nobody(people, outcomes),
        "notes": notes_of(terms.kind, rows, comparisons, share, pending),
    }


def _groups(bands: Sequence[Band]) -> list[Group]:
    return [*reversed(bands), SILENT, NEVER_ASKED]


def _results(
    people: Iterable[CohortMember], outcomes: Iterable[OutcomeForPeople], window: timedelta
) -> list[PersonResult]:
    by_person: dict[str, list[OutcomeForPeople]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.at):
        for person in outcome.people:
            by_person.setdefault(person, []).append(outcome)
    return [_result(member, by_person.get(member.person, ()), window) for member in people]


def _result(
    member: CohortMember, outcomes: Iterable[OutcomeForPeople], window: timedelta
) -> PersonResult:
    starts_at, ends_at = member.starts_at, member.starts_at + window
    inside = (outcome for outcome in outcomes if starts_at <= outcome.at < ends_at)
    first = next(inside, None)
    reason = first.reason if first else None
    return PersonResult(member.group, member.score, first is not None, reason)


def _row(group: Group, results: Iterable[PersonResult], kind: Kind) -> OutcomeRow:
    here = [result for result in results if result.group == group]
    yes = sum(result.yes for result in here)
    return {
        "group": group,
        "n": len(here),
        "yes": yes,
        "rate": yes / len(here) if here else None,
        "interval": shown_interval(wilson(yes, len(here))),
        "reasons": _reasons(here) if kind is Kind.CHURN else None,
    }


def _reasons(results: Iterable[PersonResult]) -> ChurnReasons:
    counts = Counter(result.reason for result in results if result.yes)
    return {
        "service": counts[ChurnReason.SERVICE],
        "price": counts[ChurnReason.PRICE],
        "product_fit": counts[ChurnReason.PRODUCT_FIT],
        "acquired": counts[ChurnReason.ACQUIRED],
        "closed": counts[ChurnReason.CLOSED],
        "moved": counts[ChurnReason.MOVED],
        "other": counts[ChurnReason.OTHER],
    }


def _comparisons(
    results: Iterable[PersonResult], rows: Iterable[OutcomeRow], bands: Sequence[Band]
) -> OutcomeComparisons:
    by_score = _by_score(results)
    yes = sum(with_it for with_it, _ in by_score.values())
    no = sum(without for _, without in by_score.values())
    enough = yes + no >= ANSWERS_NEEDED and min(yes, no) >= OF_EACH_NEEDED
    row = {row["group"]: row for row in rows}
    best, worst = row[bands[-1]], row[bands[0]]
    return {
        "reading": "comparable" if enough else "too_few_to_say",
        "answered": yes + no,
        "yes": yes,
        "no": no,
        "best": bands[-1],
        "worst": bands[0],
        "difference": _difference(best, worst) if enough else None,
        "risk_ratio": _ratio(best, worst) if enough else None,
        "spearman": spearman(by_score) if enough else None,
        "auc": _order(by_score) if enough else None,
    }


def _by_score(results: Iterable[PersonResult]) -> dict[int, YesNo]:
    counted = Counter((result.score, result.yes) for result in results if result.score is not None)
    scores = sorted({score for score, _ in counted if score is not None})
    return {score: (counted[score, True], counted[score, False]) for score in scores}


def _difference(best: OutcomeRow, worst: OutcomeRow) -> RateDifference | None:
    found = newcombe(best["yes"], best["n"], worst["yes"], worst["n"])
    return {"value": found.value, "low": found.low, "high": found.high} if found else None


def _ratio(best: OutcomeRow, worst: OutcomeRow) -> RateRatio | None:
    found = risk_ratio(best["yes"], best["n"], worst["yes"], worst["n"])
    if found is None:
        return None
    half_added = found.half_added
    return {"value": found.value, "low": found.low, "high": found.high, "half_added": half_added}


def _order(by_score: Mapping[int, YesNo]) -> ScoreOrder | None:
    found = auc(by_score)
    return {"value": found.value, "low": found.low, "high": found.high} if found else None


def _share_of_the_silent(rows: Sequence[OutcomeRow]) -> SilentShare:
    whole = sum(row["yes"] for row in rows)
    silent = sum(row["yes"] for row in rows if row["group"] == SILENT)
    return {"yes": silent, "of": whole, "share": silent / whole if whole else None}


def _of_nobody(people: Iterable[CohortMember], outcomes: Iterable[OutcomeForPeople]) -> int:
    known = {member.person for member in people}
    return sum(1 for outcome in outcomes if known.isdisjoint(outcome.people))
