"""Accounts and contacts from outside: who was asked, who answered, who was silent."""

from collections.abc import Callable, Collection, Sequence
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
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.query import ContactsQuery
from chalicelib.accounts.silence import by_survey, standing_of, summary
from chalicelib.accounts.store import AccountStore
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation
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
    ids = sorted({asked for ledger in ledgers for asked in ledger.invitations})
    known = _occasions(needs.invitations(ids).values(), survey, needs)
    return [
        AskedContact(
            contact,
            ledger.person,
            sorted(
                (known[asked] for asked in ledger.invitations if asked in known),
                key=lambda occasion: occasion.asked_at,
            ),
        )
        for contact, ledger in zip(contacts, ledgers, strict=True)
    ]


def _occasions(
    invitations: Collection[Invitation], survey: str | None, needs: LookingBack
) -> dict[str, Occasion]:
    """Of named surveys. An answer that was erased leaves no occasion."""
    asking = {asked.survey for asked in invitations if survey in (None, asked.survey)}
    named = {survey_id for survey_id in asking if _is_named(survey_id, needs.survey)}
    of_named = [asked for asked in invitations if asked.survey in named]
    return {
        asked.id: _occasion(asked, answer)
        for asked, answer in occasions(of_named, needs.responses)
        if not (answer and answer.gone)
    }


def _occasion(asked: Invitation, answer: Response | None) -> Occasion:
    if answer is None:
        return Occasion(asked.survey, asked.asked_at)
    return Occasion(asked.survey, asked.asked_at, answer.answered_at, answer.band)


def _is_named(survey: str, definition: Callable[[str], Survey]) -> bool:
    try:
        return tells_who_answered(definition(survey).identity)
    except NotFound:
        return False
