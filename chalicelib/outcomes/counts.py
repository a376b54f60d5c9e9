"""Counts what the people of a cohort did in their window. Pure: a report is made of the counts
alone, however many people they count."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import Struct

from chalicelib.outcomes.cohort import Cohort, CohortMember, Group
from chalicelib.outcomes.outcome import ChurnReason
from chalicelib.scores.statistics.association import YesNo

K = TypeVar("K", int, str)


class OutcomeForPeople(Struct, frozen=True):
    """One outcome, and the people for whom it counts: all contacts of its account."""

    people: frozenset[str]
    at: datetime
    reason: ChurnReason | None = None


class Terms(Struct, frozen=True):
    """A person whose window has not ended by `now` is left out and does not count as a no."""

    window: timedelta
    now: datetime


class OutcomeCounts(Struct, frozen=True):
    """People with the outcome in their window and without, by score, or by group where there is
    no score. `reasons` are by group, those of the first outcome in the window. `pending`,
    `erased` and `unnamed` are people who are left out; `of_nobody` are outcomes, and so are
    `waiting`: those in a window that has not ended, in no other number."""

    by_score: Mapping[int, YesNo]
    by_group: Mapping[str, YesNo]
    reasons: Mapping[str, Mapping[str, int]]
    pending: int
    erased: int
    unnamed: int
    without_contact: int
    of_nobody: int
    waiting: int = 0


class _Result(Struct, frozen=True):
    group: Group
    score: int | None
    yes: bool
    reason: ChurnReason | None


def count_outcomes(
    cohort: Cohort,
    outcomes: Sequence[OutcomeForPeople],
    contacts: Iterable[str],
    terms: Terms,
) -> OutcomeCounts:
    """`contacts` are the people whose account is known."""
    people = cohort.people
    ended = [member for member in people if member.starts_at + terms.window <= terms.now]
    results = _results(ended, outcomes, terms.window)
    answers = [(result.score, result) for result in results if result.score is not None]
    others = [(str(result.group), result) for result in results if result.score is None]
    return OutcomeCounts(
        by_score=_counted(answers),
        by_group=_counted(others),
        reasons=_reasons(results),
        pending=len(people) - len(ended),
        erased=cohort.erased,
        unnamed=cohort.unnamed,
        without_contact=len({member.person for member in ended} - set(contacts)),
        of_nobody=_of_nobody(people, outcomes),
        waiting=_waiting(set(people) - set(ended), outcomes),
    )


def _results(
    people: Iterable[CohortMember], outcomes: Iterable[OutcomeForPeople], window: timedelta
) -> list[_Result]:
    by_person: dict[str, list[OutcomeForPeople]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.at):
        for person in outcome.people:
            by_person.setdefault(person, []).append(outcome)
    return [_result(member, by_person.get(member.person, ()), window) for member in people]


def _result(
    member: CohortMember, outcomes: Iterable[OutcomeForPeople], window: timedelta
) -> _Result:
    starts_at, ends_at = member.starts_at, member.starts_at + window
    inside = (outcome for outcome in outcomes if starts_at <= outcome.at < ends_at)
    first = next(inside, None)
    reason = first.reason if first else None
    return _Result(member.group, member.score, first is not None, reason)


def _counted(results: Sequence[tuple[K, _Result]]) -> dict[K, YesNo]:
    found = Counter((cell, result.yes) for cell, result in results)
    cells = sorted({cell for cell, _ in results})
    return {cell: (found[cell, True], found[cell, False]) for cell in cells}


def _reasons(results: Iterable[_Result]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for result in results:
        if result.reason:
            of_group = found.setdefault(str(result.group), {})
            of_group[result.reason.value] = of_group.get(result.reason.value, 0) + 1
    return found


def _waiting(people: Iterable[CohortMember], outcomes: Iterable[OutcomeForPeople]) -> int:
    since = {member.person: member.starts_at for member in people}
    return sum(
        1
        for outcome in outcomes
        if any(person in since and since[person] <= outcome.at for person in outcome.people)
    )


def _of_nobody(people: Iterable[CohortMember], outcomes: Iterable[OutcomeForPeople]) -> int:
    known = {member.person for member in people}
    return sum(1 for outcome in outcomes if known.isdisjoint(outcome.people))
