"""Reads who was asked, what they answered and what they did later, and counts them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.store import AccountStore
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.cohort import AskedPerson, Cohort, cohort_of
from chalicelib.outcomes.counts import OutcomeCounts, OutcomeForPeople, Terms, count_outcomes
from chalicelib.outcomes.outcome import Kind, Outcome
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Band, band_of, points_of

# Hands on what is found, and raises when it is too much. Takes it and what it is: `invitations`,
# `contacts` or `outcomes`.
Bound = Callable[[Iterable[Any], str], Iterator[Any]]


class CountPeopleNeeds(Struct, frozen=True):
    invitations: InvitationStore
    accounts: AccountStore
    outcomes: OutcomeStore
    responses: Callable[[list[str]], dict[str, Response]]


class People(Struct, frozen=True):
    """Who was asked from `since` on. `members` has each account's persons."""

    since: datetime
    cohort: Cohort
    members: dict[str, set[str]]


def band_by_score(survey: Survey) -> dict[int, Band]:
    """The lowest score first."""
    return {point: band_of(point, survey.scale) for point in points_of(survey.scale)}


def read_people(survey: Survey, days: Range, bound: Bound, needs: CountPeopleNeeds) -> People:
    since, until = (moments.start_of(day, survey.tz) for day in (days.first, days.end))
    made = needs.invitations.made_between(survey.id, since, until)
    unnamed, asked = _asked(bound(made, "invitations"), needs.responses)
    added_at, members = _contacts(survey.audience, until, bound, needs.accounts)
    cohort = cohort_of(asked, added_at, since, band_by_score(survey))
    return People(since, replace(cohort, unnamed=unnamed), members)


def read_outcomes(
    kind: Kind, people: People, bound: Bound, needs: CountPeopleNeeds
) -> list[OutcomeForPeople]:
    found = bound(needs.outcomes.since(kind, people.since), "outcomes")
    return [_for_people(outcome, people.members) for outcome in found]


def count_people(
    people: People, outcomes: Sequence[OutcomeForPeople], window_days: int, now: datetime
) -> OutcomeCounts:
    contacts = set[str]().union(*people.members.values())
    terms = Terms(timedelta(days=window_days), now)
    return count_outcomes(people.cohort, outcomes, contacts, terms)


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


def _contacts(
    audience: str, until: datetime, bound: Bound, accounts: AccountStore
) -> tuple[dict[str, datetime], dict[str, set[str]]]:
    """When each person became a contact of the audience, if before `until`; and the persons of
    every account."""
    inside = {account.id for account in accounts.all() if account.audience == audience}
    added_at: dict[str, datetime] = {}
    members: dict[str, set[str]] = {}
    for contact in bound(accounts.contacts_of_all(), "contacts"):
        members.setdefault(contact.account, set()).add(contact.person)
        if contact.account in inside and contact.added_at < until:
            earlier = added_at.get(contact.person, contact.added_at)
            added_at[contact.person] = min(earlier, contact.added_at)
    return added_at, members


def _for_people(outcome: Outcome, members: dict[str, set[str]]) -> OutcomeForPeople:
    own: Sequence[str] = [outcome.person] if outcome.person else []
    people = members.get(outcome.account, own) if outcome.account else own
    return OutcomeForPeople(frozenset(people), outcome.happened_at, outcome.reason)
