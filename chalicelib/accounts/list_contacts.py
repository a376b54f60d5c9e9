"""The contacts of an account: who was asked, who answered, who was silent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import keys, moments
from chalicelib.accounts.account import Account, AskedContact, Contact, Occasion
from chalicelib.accounts.schemas import ContactList, ContactsQuery
from chalicelib.accounts.show_contacts import show_account, show_asked_contact
from chalicelib.accounts.silence import summary
from chalicelib.accounts.store import AccountStore, Ledger
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.identity import tells_who_answered
from chalicelib.table import Item
from chalicelib.web.cursor import decode_cursor, encode_cursor, invalid_cursor

# The ledger is read this far back: what is older says little of today's silence.
REMEMBERED = timedelta(days=730)


@dataclass(frozen=True)
class ListContactsNeeds:
    accounts: AccountStore
    invitations: Callable[[Sequence[str]], dict[str, Invitation]]
    responses: Callable[[list[str]], dict[str, Response]]
    survey: Callable[[str], Survey]


def list_contacts(
    account: Account, asked: ContactsQuery, names: bool, now: datetime, needs: ListContactsNeeds
) -> ContactList:
    """`names`: may this key read who they are? Raises Conflict."""
    after = _after(asked.cursor, account.id)
    contacts, last = needs.accounts.contacts(account.id, asked.limit, after)
    found = asked_contacts(contacts, asked.survey, now, needs)
    return {
        "account": show_account(account),
        "survey": asked.survey,
        "since": moments.to_text(now - REMEMBERED),
        "items": [show_asked_contact(contact, names) for contact in found],
        "next": encode_cursor(last),
        "summary": summary(found),
    }


def _after(cursor: str | None, account_id: str) -> Item | None:
    """Raises Conflict, also for a cursor of another account."""
    after = decode_cursor(cursor, "PK", "SK")
    lowest, highest = keys.CONTACT_RANGE
    home = keys.account(account_id).pk
    if after and not (after["PK"] == home and lowest <= after["SK"] <= highest):
        raise invalid_cursor()
    return after


def asked_contacts(
    contacts: Sequence[Contact], survey: str | None, now: datetime, needs: ListContactsNeeds
) -> list[AskedContact]:
    ledgers = [needs.accounts.ledger(contact.person, now - REMEMBERED) for contact in contacts]
    ids = sorted({invitation for ledger in ledgers for invitation in ledger.invitations})
    occasions = _occasions(needs.invitations(ids), needs.responses(ids), survey, needs.survey)
    return [
        AskedContact(contact, ledger.person, _in_order(ledger, occasions))
        for contact, ledger in zip(contacts, ledgers, strict=True)
    ]


def _in_order(ledger: Ledger, occasions: dict[str, Occasion]) -> list[Occasion]:
    """The oldest first."""
    found = [occasions[invitation] for invitation in ledger.invitations if invitation in occasions]
    return sorted(found, key=lambda occasion: occasion.asked_at)


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
