"""Accounts and contacts from outside: who was asked, who answered, who was silent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib import moments
from chalicelib.accounts.account import (
    Account,
    AskedContact,
    Contact,
    Occasion,
)
from chalicelib.accounts.query import ContactsQuery
from chalicelib.accounts.silence import by_survey, standing_of, summary
from chalicelib.accounts.store import AccountStore
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.invitations.throttle import reason_to_be_silent
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.identity import tells_who_answered
from chalicelib.web.cursor import encode_cursor

# The ledger is read this far back: what is older says little of today's silence.
REMEMBERED = timedelta(days=730)


@dataclass(frozen=True)
class LookingBack:
    """What is known of whom was asked, from the rooms that know it."""

    accounts: AccountStore
    invitations: Callable[[Sequence[str]], dict[str, Invitation]]
    responses: Callable[[list[str]], dict[str, Response]]
    survey: Callable[[str], Survey]


def show_account(account: Account) -> dict[str, Any]:
    return {"id": account.id, "name": account.name, "audience": account.audience}


def show_contact(contact: Contact, names: bool) -> dict[str, Any]:
    """`names`: may this key read who it is?"""
    return {
        "id": contact.id,
        "account": contact.account,
        "person": contact.person,
        "email": contact.email if names else None,
        "name": contact.name if names else None,
        "role": contact.role,
        "capacity": contact.capacity.value,
        "engagement": contact.engagement.value,
        "left": contact.left,
        "added_at": moments.to_text(contact.added_at),
    }


def show_asked_contact(asked: AskedContact, names: bool) -> dict[str, Any]:
    reason = reason_to_be_silent(asked.person)
    return {
        **show_contact(asked.contact, names),
        "unreachable": reason.value if reason else None,
        "standing": standing_of(asked),
        "surveys": by_survey(asked.occasions),
    }


def answer_of_contacts(
    account: Account,
    asked: ContactsQuery,
    names: bool,
    now: datetime,
    needs: LookingBack,
) -> dict[str, Any]:
    contacts, last = needs.accounts.contacts(account.id, asked.limit, asked.after(account.id))
    found = asked_contacts(contacts, asked.survey, now, needs)
    return {
        "account": show_account(account),
        "survey": asked.survey,
        "since": moments.to_text(now - REMEMBERED),
        "items": [show_asked_contact(one, names) for one in found],
        "next": encode_cursor(last),
        "summary": summary(found),
    }


def asked_contacts(
    contacts: Sequence[Contact], survey: str | None, now: datetime, needs: LookingBack
) -> list[AskedContact]:
    ledgers = [needs.accounts.ledger(one.person, now - REMEMBERED) for one in contacts]
    ids = sorted({one for ledger in ledgers for one in ledger.invitations})
    occasions = _occasions(needs.invitations(ids), needs.responses(ids), survey, needs.survey)
    return [
        AskedContact(
            contact,
            ledger.person,
            sorted(
                (occasions[one] for one in ledger.invitations if one in occasions),
                key=lambda occasion: occasion.asked_at,
            ),
        )
        for contact, ledger in zip(contacts, ledgers, strict=True)
    ]


def _occasions(
    invitations: dict[str, Invitation],
    responses: dict[str, Response],
    survey: str | None,
    definition: Callable[[str], Survey],
) -> dict[str, Occasion]:
    """Of named surveys, what was sent or handed out, and was not erased since."""
    wanted = {one.survey for one in invitations.values() if survey in (None, one.survey)}
    named = {one for one in wanted if _is_named(one, definition)}
    return {
        one.id: _occasion(one, responses.get(one.id))
        for one in invitations.values()
        if one.survey in named
        and one.status in (Status.SENT, Status.LINKED)
        and not (one.id in responses and responses[one.id].gone)
    }


def _occasion(invitation: Invitation, response: Response | None) -> Occasion:
    asked_at = invitation.sent_at or invitation.created_at
    if response is None or not response.is_counted:
        return Occasion(invitation.survey, asked_at)
    return Occasion(invitation.survey, asked_at, response.answered_at, response.band)


def _is_named(survey: str, definition: Callable[[str], Survey]) -> bool:
    try:
        return tells_who_answered(definition(survey).identity)
    except NotFound:
        return False
