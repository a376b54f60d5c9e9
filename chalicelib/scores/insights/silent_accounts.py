"""Finds accounts where somebody was asked in a range and nobody answered. This reads
invitations and not tallies: by night, and within limits while somebody waits."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct

from chalicelib import moments
from chalicelib.accounts.account import Contact
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.store import AccountStore
from chalicelib.errors import HeedError
from chalicelib.invitations.store import InvitationStore
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.scores.insights.facts import SilentAccount, SilentAccounts, first_by_name
from chalicelib.surveys.definition import Survey

MOST = 5_000  # contacts or invitations: more would take too much of a function's time
T = TypeVar("T")
# Hands on what is found, and raises when it is too much.
Bound = Callable[[Iterable[Any]], Iterator[Any]]


class TooMany(HeedError):
    """More contacts or invitations than are read for an insight."""


class SilentAccountsNeeds(Struct, frozen=True):
    accounts: AccountStore
    invitations: InvitationStore
    responses: Callable[[list[str]], dict[str, Response]]


def silent_accounts(
    survey: Survey, days: Range, needs: SilentAccountsNeeds, bound: Bound
) -> SilentAccounts:
    """Accounts of the survey's audience. Raises what `bound` raises."""
    if survey.is_sealed:
        return SilentAccounts()
    names = {
        account.id: account.name
        for account in needs.accounts.all()
        if account.audience == survey.audience
    }
    if not names:
        return SilentAccounts()
    by_account = _contacts(names, bound(needs.accounts.contacts_of_all()))
    people = {contact.person for contacts in by_account.values() for contact in contacts}
    asked, answered = _asked_and_answered(survey, days, people, needs, bound)
    found = [
        SilentAccount(
            names[account],
            contacts=len(contacts),
            asked=sum(1 for contact in contacts if contact.person in asked),
        )
        for account, contacts in sorted(by_account.items())
        if not any(contact.person in answered for contact in contacts)
    ]
    return first_by_name((account for account in found if account.asked), days)


def silent_or_unread(
    survey: Survey, days: Range, needs: SilentAccountsNeeds
) -> SilentAccounts | None:
    """None when there is too much to read."""
    # The other insights are still shown.
    try:
        return silent_accounts(survey, days, needs, at_most)
    except TooMany:
        return None


def _contacts(names: Iterable[str], contacts: Iterable[Contact]) -> dict[str, list[Contact]]:
    """The contacts of each account, without those who left."""
    known = set(names)
    found: dict[str, list[Contact]] = {}
    for contact in contacts:
        if contact.account in known and not contact.left:
            found.setdefault(contact.account, []).append(contact)
    return found


def _asked_and_answered(
    survey: Survey, days: Range, people: set[str], needs: SilentAccountsNeeds, bound: Bound
) -> tuple[set[str], set[str]]:
    """The people who were asked, and those who answered."""
    since, until = (moments.start_of(day, survey.tz) for day in (days.first, days.end))
    made = bound(needs.invitations.made_between(survey.id, since, until))
    # All invitations are read before the first answer: when they are too many, no answer is.
    ours = [invitation for invitation in made if invitation.person in people]
    asked, answered = set[str](), set[str]()
    for invitation, answer in occasions(ours, needs.responses):
        # An erased answer is neither an answer nor silence.
        if answer is None or not answer.gone:
            asked.add(invitation.person)
        if answer and not answer.gone:
            answered.add(invitation.person)
    return asked, answered


def at_most(found: Iterable[T]) -> Iterator[T]:
    reader = iter(found)
    yield from islice(reader, MOST)
    if next(reader, None) is not None:
        raise TooMany
