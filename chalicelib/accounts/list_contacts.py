"""The contacts of an account: who was asked, who answered, who was silent."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.accounts.account import Account, AskedContact, Contact, Occasion
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.schemas import ContactList, ContactsQuery
from chalicelib.accounts.show_contacts import (
    show_account,
    show_asked_contact,
    show_contact_alone,
)
from chalicelib.accounts.silence import summary
from chalicelib.accounts.store import AccountStore, Ledger
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.web.cursor import decode_cursor, encode_cursor, invalid_cursor

# Older invitations are not read. They tell little about silence today.
REMEMBERED = timedelta(days=730)


class ListContactsNeeds(Struct, frozen=True):
    accounts: AccountStore
    invitations: Callable[[Sequence[str]], dict[str, Invitation]]
    responses: Callable[[list[str]], dict[str, Response]]
    survey: Callable[[str], Survey]


def list_contacts(
    account: Account,
    query: ContactsQuery,
    told: Disclosure,
    now: datetime,
    needs: ListContactsNeeds,
) -> ContactList:
    """Raises Conflict."""
    after = _after(query.cursor, account.id)
    contacts, last = needs.accounts.contacts(account.id, query.limit, after)
    # What may not be shown is not even read. Of an account with one contact, a count tells too.
    found = asked_contacts(contacts, query.survey, now, needs) if told.sees_people else None
    return {
        "account": show_account(account),
        "survey": query.survey,
        "since": moments.to_text(now - REMEMBERED),
        "items": [show_contact_alone(contact, told) for contact in contacts]
        if found is None
        else [show_asked_contact(contact, told) for contact in found],
        "next": encode_cursor(last),
        "summary": None if found is None else summary(found),
    }


def _after(cursor: str | None, account_id: str) -> Item | None:
    """Raises Conflict, also when the cursor is of another account."""
    after = decode_cursor(cursor, "PK", "SK")
    lowest, highest = keys.CONTACT_RANGE
    partition = keys.account(account_id).pk
    if after and not (after["PK"] == partition and lowest <= after["SK"] <= highest):
        raise invalid_cursor()
    return after


def asked_contacts(
    contacts: Sequence[Contact], survey: str | None, now: datetime, needs: ListContactsNeeds
) -> list[AskedContact]:
    ledgers = [needs.accounts.ledger(contact.person, now - REMEMBERED) for contact in contacts]
    ids = sorted({invitation for ledger in ledgers for invitation in ledger.invitations})
    known, erased = _occasions(needs.invitations(ids).values(), survey, needs)
    return [
        AskedContact(
            contact,
            ledger.person,
            _in_order(ledger, known),
            not erased.isdisjoint(ledger.invitations),
        )
        for contact, ledger in zip(contacts, ledgers, strict=True)
    ]


def _in_order(ledger: Ledger, occasions: dict[str, Occasion]) -> list[Occasion]:
    found = [occasions[invitation] for invitation in ledger.invitations if invitation in occasions]
    return sorted(found, key=lambda occasion: occasion.asked_at)


def _occasions(
    invitations: Collection[Invitation], survey: str | None, needs: ListContactsNeeds
) -> tuple[dict[str, Occasion], set[str]]:
    """Occasions by invitation, and the invitations whose answer was erased; of named surveys."""
    surveys = {
        invitation.survey
        for invitation in invitations
        if survey is None or survey == invitation.survey
    }
    named = {survey_id for survey_id in surveys if _is_named(survey_id, needs.survey)}
    of_named = [invitation for invitation in invitations if invitation.survey in named]
    found = list(occasions(of_named, needs.responses))
    erased = {invitation.id for invitation, answer in found if answer and answer.gone}
    known = {
        invitation.id: _occasion(invitation, answer)
        for invitation, answer in found
        if invitation.id not in erased
    }
    return known, erased


def _occasion(invitation: Invitation, answer: Response | None) -> Occasion:
    survey, asked_at = invitation.survey, invitation.asked_at
    if answer is None:
        return Occasion(survey, asked_at)
    return Occasion(survey, asked_at, answer.answered_at, answer.band)


def _is_named(survey: str, definition: Callable[[str], Survey]) -> bool:
    try:
        return not definition(survey).is_sealed
    except NotFound:
        return False
