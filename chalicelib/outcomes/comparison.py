"""Scores beside outcomes: who did what later, by what they had answered, and by what they had
not. Pure. It shows what went together, and says nothing of why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT, Followed, Following
from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.outcomes.sentences import notes_of
from chalicelib.scores.statistics.association import auc, newcombe, risk_ratio, spearman
from chalicelib.scores.statistics.intervals import wilson

# Below these a comparison would be read as more than it is.
ANSWERS_NEEDED = 30
OF_EACH_NEEDED = 10
TOO_FEW_TO_SAY = "too_few_to_say"
COMPARABLE = "comparable"


@dataclass(frozen=True, slots=True)
class Happened:
    """One outcome, of everybody for whom it counts: all contacts of its account."""

    people: frozenset[str]
    at: datetime
    reason: str | None = None


@dataclass(frozen=True)
class Terms:
    """What the table is about. `bands` with the lowest first. `now`: whoever's window has
    not ended by then is left out, and is no `no`."""

    kind: Kind
    bands: Sequence[str]
    window: timedelta
    now: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One person after the window. `reason` of the first outcome in it."""

    group: str
    score: int | None
    yes: bool
    reason: str | None


def outcome_report(
    following: Following,
    happened: Iterable[Happened],
    contacts: Iterable[str],
    terms: Terms,
) -> dict[str, Any]:
    """`contacts` are the people of whom an account is known."""
    happened = list(happened)
    ended = [one for one in following.people if one.starts_at + terms.window <= terms.now]
    seen = _seen(ended, happened, terms.window)
    rows = [_row(name, seen, terms.kind) for name in _groups(terms.bands)]
    comparisons = _comparisons(seen, rows, terms.bands)
    share = _share_of_the_silent(rows)
    left_out = {"pending": len(following.people) - len(ended), "erased": following.erased}
    return {
        "rows": rows,
        "comparisons": comparisons,
        "silent_share": share,
        "left_out": left_out,
        "without_contact": len({one.person for one in ended} - set(contacts)),
        "of_nobody_here": _of_nobody(following.people, happened),
        "notes": notes_of(terms.kind, rows, comparisons, share, left_out["pending"]),
    }


def _groups(bands: Sequence[str]) -> list[str]:
    return [*reversed(bands), SILENT, NEVER_ASKED]


def _seen(
    people: Iterable[Followed], happened: Iterable[Happened], window: timedelta
) -> list[Seen]:
    by_person: dict[str, list[Happened]] = {}
    for one in sorted(happened, key=lambda outcome: outcome.at):
        for person in one.people:
            by_person.setdefault(person, []).append(one)
    return [_one_seen(one, by_person.get(one.person, ()), window) for one in people]


def _one_seen(followed: Followed, outcomes: Sequence[Happened], window: timedelta) -> Seen:
    """An outcome before the window counts as little as one behind it."""
    ends_at = followed.starts_at + window
    first = next((one for one in outcomes if followed.starts_at <= one.at < ends_at), None)
    return Seen(followed.group, followed.score, first is not None, first.reason if first else None)


def _row(group: str, seen: Iterable[Seen], kind: Kind) -> dict[str, Any]:
    here = [one for one in seen if one.group == group]
    yes = sum(one.yes for one in here)
    between = wilson(yes, len(here))
    told = Counter(one.reason for one in here if one.yes)
    return {
        "group": group,
        "n": len(here),
        "yes": yes,
        "rate": yes / len(here) if here else None,
        "interval": {"low": between.low, "high": between.high, "confidence": 0.95}
        if between
        else None,
        "reasons": {reason.value: told[reason.value] for reason in ChurnReason}
        if kind is Kind.CHURN
        else None,
    }


def _comparisons(
    seen: Iterable[Seen], rows: Sequence[Mapping[str, Any]], bands: Sequence[str]
) -> dict[str, Any]:
    """The best band against the worst, and the order of the scores, of those who answered."""
    by_score = _by_score(seen)
    yes = sum(one for one, _ in by_score.values())
    no = sum(one for _, one in by_score.values())
    enough = yes + no >= ANSWERS_NEEDED and min(yes, no) >= OF_EACH_NEEDED
    row = {one["group"]: one for one in rows}
    best, worst = row[bands[-1]], row[bands[0]]
    pair = (best["yes"], best["n"], worst["yes"], worst["n"])
    return {
        "reading": COMPARABLE if enough else TOO_FEW_TO_SAY,
        "answered": yes + no,
        "yes": yes,
        "no": no,
        "best": best["group"],
        "worst": worst["group"],
        "difference": _facts(newcombe(*pair)) if enough else None,
        "risk_ratio": _facts(risk_ratio(*pair)) if enough else None,
        "spearman": spearman(by_score) if enough else None,
        "auc": _facts(auc(by_score)) if enough else None,
    }


def _by_score(seen: Iterable[Seen]) -> dict[int, tuple[int, int]]:
    counted = Counter((one.score, one.yes) for one in seen if one.score is not None)
    scores = sorted({score for score, _ in counted if score is not None})
    return {score: (counted[score, True], counted[score, False]) for score in scores}


def _facts(found: Any) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def _share_of_the_silent(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Of everybody in the table who did it, how many had been asked and did not answer."""
    whole = sum(row["yes"] for row in rows)
    silent = sum(row["yes"] for row in rows if row["group"] == SILENT)
    return {"yes": silent, "of": whole, "share": silent / whole if whole else None}


def _of_nobody(people: Iterable[Followed], happened: Iterable[Happened]) -> int:
    known = {one.person for one in people}
    return sum(1 for one in happened if known.isdisjoint(one.people))
