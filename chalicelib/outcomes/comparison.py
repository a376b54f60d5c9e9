"""Scores beside outcomes: who did what later, by what they had answered, and by what they had
not. Pure. It shows what went together, and says nothing of why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT, Followed, Following, Group
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

# Below these a comparison would be read as more than it is.
ANSWERS_NEEDED = 30
OF_EACH_NEEDED = 10


@dataclass(frozen=True, slots=True)
class Happened:
    """One outcome, of everybody for whom it counts: all contacts of its account."""

    people: frozenset[str]
    at: datetime
    reason: ChurnReason | None = None


@dataclass(frozen=True)
class Terms:
    """What the table is about. `bands` with the lowest first. A person whose window has not
    ended by `now` is left out, and is no `no`."""

    kind: Kind
    bands: Sequence[Band]
    window: timedelta
    now: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One person after the window. `reason` of the first outcome in it."""

    group: Group
    score: int | None
    yes: bool
    reason: ChurnReason | None


def outcome_report(
    following: Following,
    happened: Sequence[Happened],
    contacts: Iterable[str],
    terms: Terms,
) -> OutcomeTable:
    """`contacts` are the people of whom an account is known."""
    people = following.people
    ended = [followed for followed in people if followed.starts_at + terms.window <= terms.now]
    seen = _seen(ended, happened, terms.window)
    rows = [_row(group, seen, terms.kind) for group in _groups(terms.bands)]
    comparisons = _comparisons(seen, rows, terms.bands)
    share = _share_of_the_silent(rows)
    pending = len(people) - len(ended)
    return {
        "rows": rows,
        "comparisons": comparisons,
        "silent_share": share,
        "left_out": {
            "pending": pending,
            "erased": following.erased,
            "unnamed": following.unnamed,
        },
        "without_contact": len({followed.person for followed in ended} - set(contacts)),
        "of_nobody_here": _of_nobody(people, happened),
        "notes": notes_of(terms.kind, rows, comparisons, share, pending),
    }


def _groups(bands: Sequence[Band]) -> list[Group]:
    return [*reversed(bands), SILENT, NEVER_ASKED]


def _seen(
    people: Iterable[Followed], happened: Iterable[Happened], window: timedelta
) -> list[Seen]:
    by_person: dict[str, list[Happened]] = {}
    for outcome in sorted(happened, key=lambda outcome: outcome.at):
        for person in outcome.people:
            by_person.setdefault(person, []).append(outcome)
    return [
        _person_seen(followed, by_person.get(followed.person, ()), window) for followed in people
    ]


def _person_seen(followed: Followed, outcomes: Iterable[Happened], window: timedelta) -> Seen:
    """Only an outcome inside the window counts."""
    starts_at, ends_at = followed.starts_at, followed.starts_at + window
    inside = (outcome for outcome in outcomes if starts_at <= outcome.at < ends_at)
    first = next(inside, None)
    return Seen(followed.group, followed.score, first is not None, first.reason if first else None)


def _row(group: Group, seen: Iterable[Seen], kind: Kind) -> OutcomeRow:
    here = [person for person in seen if person.group == group]
    yes = sum(person.yes for person in here)
    return {
        "group": group,
        "n": len(here),
        "yes": yes,
        "rate": yes / len(here) if here else None,
        "interval": shown_interval(wilson(yes, len(here))),
        "reasons": _reasons(here) if kind is Kind.CHURN else None,
    }


def _reasons(seen: Iterable[Seen]) -> ChurnReasons:
    told = Counter(person.reason for person in seen if person.yes)
    return {
        "service": told[ChurnReason.SERVICE],
        "price": told[ChurnReason.PRICE],
        "product_fit": told[ChurnReason.PRODUCT_FIT],
        "acquired": told[ChurnReason.ACQUIRED],
        "closed": told[ChurnReason.CLOSED],
        "moved": told[ChurnReason.MOVED],
        "other": told[ChurnReason.OTHER],
    }


def _comparisons(
    seen: Iterable[Seen], rows: Iterable[OutcomeRow], bands: Sequence[Band]
) -> OutcomeComparisons:
    """The best band against the worst, and the order of the scores, of those who answered."""
    by_score = _by_score(seen)
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


def _by_score(seen: Iterable[Seen]) -> dict[int, YesNo]:
    counted = Counter((person.score, person.yes) for person in seen if person.score is not None)
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
    """Of everybody in the table who did it, how many had been asked and did not answer."""
    whole = sum(row["yes"] for row in rows)
    silent = sum(row["yes"] for row in rows if row["group"] == SILENT)
    return {"yes": silent, "of": whole, "share": silent / whole if whole else None}


def _of_nobody(people: Iterable[Followed], happened: Iterable[Happened]) -> int:
    known = {followed.person for followed in people}
    return sum(1 for outcome in happened if known.isdisjoint(outcome.people))
