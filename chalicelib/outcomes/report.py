"""Reads the data for the table of outcomes beside scores, within limits, and shows the table
as JSON and as CSV."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from chalicelib import moments
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.store import AccountStore
from chalicelib.errors import Conflict, FieldError
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.cohort import AskedPerson, cohort_of
from chalicelib.outcomes.comparison import OutcomeForPeople, Terms, outcome_report
from chalicelib.outcomes.outcome import ChurnReason, Kind, Outcome
from chalicelib.outcomes.schemas import OutcomeReport, OutcomeRow, OutcomesQuery, OutcomeTable
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.identity import require_named
from chalicelib.surveys.scale import band_of, points_of
from chalicelib.web.csv_export import Cell
from chalicelib.web.days import days_of, shown_days

MOST = 20_000  # invitations, contacts or outcomes: more would take too much of a function's time
ADVICE = {
    "invitations": ("from", "Take a shorter range."),
    "outcomes": ("from", "Take a later range."),
    "contacts": ("survey", "One table cannot be made of so many accounts."),
}
DEFAULT_RANGE = timedelta(days=365)
ABOUT = ("survey", "kind", "audience", "tz", "from", "to", "window_days")
COLUMNS = (*ABOUT, "group", "n", "yes", "rate", "low", "high")
T = TypeVar("T")


@dataclass(frozen=True)
class ShowOutcomesNeeds:
    invitations: InvitationStore
    accounts: AccountStore
    outcomes: OutcomeStore
    responses: Callable[[list[str]], dict[str, Response]]


@dataclass(frozen=True)
class Registry:
    """`added_at` has each person of the audience; `members` has each account's persons."""

    added_at: dict[str, datetime]
    members: dict[str, set[str]]

    @property
    def people(self) -> set[str]:
        return set[str]().union(*self.members.values())


def show_outcomes(
    survey: Survey, query: OutcomesQuery, now: datetime, needs: ShowOutcomesNeeds
) -> OutcomeReport:
    """Raises Conflict when the survey is not named, or when there is too much to read."""
    require_named(survey.identity)
    days = days_of(query, moments.day_in(now, survey.tz), DEFAULT_RANGE)
    return {
        "survey": survey.id,
        "kind": query.kind,
        "audience": survey.audience,
        "tz": survey.tz,
        **shown_days(days),
        "window_days": query.window_days,
        **_table(survey, days, query, now, needs),
    }


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


def _table(
    survey: Survey, days: Range, query: OutcomesQuery, now: datetime, needs: ShowOutcomesNeeds
) -> OutcomeTable:
    since, until = (moments.start_of(day, survey.tz) for day in (days.first, days.end))
    made = needs.invitations.made_between(survey.id, since, until)
    unnamed, people = _asked(_at_most(made, "invitations"), needs.responses)
    registry = _registry(survey.audience, until, needs.accounts)
    band = {point: band_of(point, survey.scale) for point in points_of(survey.scale)}
    cohort = replace(cohort_of(people, registry.added_at, since, band), unnamed=unnamed)
    found = _at_most(needs.outcomes.since(query.kind, since), "outcomes")
    outcomes = [_for_people(outcome, registry) for outcome in found]
    bands = list(dict.fromkeys(band.values()))
    terms = Terms(query.kind, bands, timedelta(days=query.window_days), now)
    return outcome_report(cohort, outcomes, registry.people, terms)


def _at_most(found: Iterable[T], what: str) -> Iterator[T]:
    """Raises Conflict while it is read, when there are more than MOST."""
    for count, item in enumerate(found):
        if count == MOST:
            pointer, advice = ADVICE[what]
            detail = f"More than {MOST:,} {what}. {advice}"
            raise Conflict([FieldError(pointer, f"too_many_{what}", detail)])
        yield item


def _asked(
    made: Iterator[Invitation], responses: Callable[[list[str]], dict[str, Response]]
) -> tuple[int, list[AskedPerson]]:
    """The number of people asked without an address, and the others."""
    unnamed = 0

    def named() -> Iterator[Invitation]:
        nonlocal unnamed
        for invitation in made:
            if invitation.email:
                yield invitation
            elif invitation.has_gone_out:
                unnamed += 1

    asked = [
        _asked_once(invitation, answer) for invitation, answer in occasions(named(), responses)
    ]
    return unnamed, asked


def _asked_once(invitation: Invitation, answer: Response | None) -> AskedPerson:
    person, at = invitation.person, invitation.asked_at
    if answer is None:
        return AskedPerson(person, at)
    if answer.gone:
        return AskedPerson(person, at, erased=True)
    return AskedPerson(person, at, answer.answered_at, answer.score)


def _registry(audience: str, until: datetime, accounts: AccountStore) -> Registry:
    """`added_at` has only people who were contacts of the audience before `until`."""
    inside = {account.id for account in accounts.all() if account.audience == audience}
    added_at: dict[str, datetime] = {}
    members: dict[str, set[str]] = {}
    for contact in _at_most(accounts.contacts_of_all(), "contacts"):
        members.setdefault(contact.account, set()).add(contact.person)
        if contact.account in inside and contact.added_at < until:
            earlier = added_at.get(contact.person, contact.added_at)
            added_at[contact.person] = min(earlier, contact.added_at)
    return Registry(added_at, members)


def _for_people(outcome: Outcome, registry: Registry) -> OutcomeForPeople:
    own: Sequence[str] = [outcome.person] if outcome.person else []
    people = registry.members.get(outcome.account, own) if outcome.account else own
    return OutcomeForPeople(frozenset(people), outcome.happened_at, outcome.reason)
