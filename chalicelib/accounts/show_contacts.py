"""Accounts and contacts as the API shows them."""

from chalicelib import moments
from chalicelib.accounts import schemas
from chalicelib.accounts.account import Account, AskedContact, Contact
from chalicelib.accounts.silence import by_survey, standing_of
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.invitations.throttle import reason_to_be_silent


def show_account(account: Account) -> schemas.Account:
    owner = account.owner
    return {
        "id": account.id,
        "name": account.name,
        "audience": account.audience,
        "owner": {"team": owner.team, "person": owner.person} if owner else None,
    }


def show_contact(contact: Contact, told: Disclosure) -> schemas.Contact:
    names = told.sees_people
    return {
        "id": contact.id,
        "account": contact.account,
        "person": contact.person if names else None,
        "email": contact.email if names else None,
        "name": contact.name if names else None,
        "role": contact.role,
        "capacity": contact.capacity,
        "engagement": contact.engagement,
        "left": contact.left,
        "added_at": moments.to_text(contact.added_at),
    }


def show_asked_contact(asked: AskedContact, told: Disclosure) -> schemas.AskedContact:
    return {
        **show_contact(asked.contact, told),
        "unreachable": reason_to_be_silent(asked.person),
        "standing": standing_of(asked),
        "surveys": by_survey(asked.occasions),
    }


def show_contact_alone(contact: Contact, told: Disclosure) -> schemas.AskedContact:
    """For a key that may not know who answered."""
    return {
        **show_contact(contact, told),
        "unreachable": None,
        "standing": None,
        "surveys": None,
    }
