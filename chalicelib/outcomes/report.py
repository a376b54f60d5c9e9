"""Reads what the table of outcomes is made of, within bounds, and hands it to score/."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from chalicelib import moments
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.store import AccountStore
from chalicelib.errors import Conflict, FieldError
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.store import InvitationStore
from chalicelib.outcomes.cohort import Asked, follow
from chalicelib.outcomes.comparison import Happened, Terms, outcome_report
from chalicelib.outcomes.outcome import Outcome
from chalicelib.outcomes.query import OutcomesQuery
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.named import refuse_unless_named
from chalicelib.surveys.scale import band_of, points_of
from chalicelib.web.days import days_of

MOST = 20_000  # invitations, contacts or outcomes: what a function reads in its time
ADVICE = {
    "invitations": ("from", "Take a shorter range."),
    "outcomes": ("from", "Take a later range."),
    "contacts": ("survey", "One table cannot be made of so many accounts."),
}
DEFAULT_RANGE = timedelta(days=365)
T = TypeVar("T")


@dataclass(frozen=True)
class Sources:
    invitations: InvitationStore
    accounts: AccountStore
    outcomes: OutcomeStore
    responses: Callable[[list[str]], dict[str, Response]]


@dataclass(frozen=True)
class Registry:
    """`added_at` of each person in the audience; `members` of every account."""

    added_at: dict[str, datetime]
    members: dict[str, set[str]]

    @property
    def people(self) -> set[str]:
        return set[str]().union(*self.members.values())


def report_of(
    survey: Survey, asked: OutcomesQuery, now: datetime, sources: Sources
) -> dict[str, Any]:
    """Raises Conflict for a survey that is not named, and for more than can be read."""
    refuse_unless_named(survey.identity)
    days = days_of(asked, moments.day_in(now, survey.tz), DEFAULT_RANGE)
    since, until = (moments.start_of(day, survey.tz) for day in (days.first, days.end))
    made = sources.invitations.made_between(survey.id, since, until)
    unnamed, asking = _asked(_at_most(made, "invitations"), sources.responses)
    registry = _registry(survey.audience, until, sources.accounts)
    band = {point: band_of(point, survey.scale).value for point in points_of(survey.scale)}
    terms = Terms(asked.kind, list(dict.fromkeys(band.values())), _window(asked), now)
    told = _at_most(sources.outcomes.since(asked.kind, since), "outcomes")
    happened = [_happened(one, registry) for one in told]
    following = follow(asking, registry.added_at, since, band)
    found = outcome_report(following, happened, registry.people, terms)
    found["left_out"]["unnamed"] = unnamed
    facts = {"survey": survey.id, "kind": asked.kind.value, "audience": survey.audience}
    told_days = {"tz": survey.tz, "from": days.first.isoformat(), "to": days.end.isoformat()}
    return {**facts, **told_days, "window_days": asked.window_days, **found}


def _window(asked: OutcomesQuery) -> timedelta:
    return timedelta(days=asked.window_days)


def _at_most(found: Iterable[T], what: str) -> Iterator[T]:
    """Raises Conflict in the midst of reading, before anything is made of a part."""
    for count, one in enumerate(found):
        if count == MOST:
            pointer, advice = ADVICE[what]
            detail = f"More than {MOST:,} {what}. {advice}"
            raise Conflict([FieldError(pointer, f"too_many_{what}", detail)])
        yield one


def _asked(
    made: Iterator[Invitation], responses: Callable[[list[str]], dict[str, Response]]
) -> tuple[int, list[Asked]]:
    """Also how many were asked of whom nobody knows the address."""
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


def _asked_once(invitation: Invitation, answer: Response | None) -> Asked:
    person, at = invitation.person, invitation.asked_at
    if answer is None:
        return Asked(person, at)
    if answer.gone:
        return Asked(person, at, erased=True)
    return Asked(person, at, answer.answered_at, answer.score)


def _registry(audience: str, until: datetime, accounts: AccountStore) -> Registry:
    """Who was a contact of the audience before `until`, and the members of every account."""
    inside = {one.id for one in accounts.all() if one.audience == audience}
    added_at: dict[str, datetime] = {}
    members: dict[str, set[str]] = {}
    for contact in _at_most(accounts.contacts_of_all(), "contacts"):
        members.setdefault(contact.account, set()).add(contact.person)
        if contact.account in inside and contact.added_at < until:
            earlier = added_at.get(contact.person, contact.added_at)
            added_at[contact.person] = min(earlier, contact.added_at)
    return Registry(added_at, members)


def _happened(outcome: Outcome, registry: Registry) -> Happened:
    own: Sequence[str] = [outcome.person] if outcome.person else []
    people = registry.members.get(outcome.account, own) if outcome.account else own
    reason = outcome.reason.value if outcome.reason else None
    return Happened(frozenset(people), outcome.happened_at, reason)
