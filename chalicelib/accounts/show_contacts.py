"""Accounts and contacts as the API shows them."""

from chalicelib import moments
from chalicelib.accounts import schemas
from chalicelib.accounts.account import Account, AskedContact, Contact
from chalicelib.accounts.silence import by_survey, standing_of
from chalicelib.invitations.throttle import reason_to_be_silent


def show_account(account: Account) -> schemas.Account:
    return {"id": account.id, "name": account.name, "audience": account.audience}


def show_contact(contact: Contact, names: bool) -> schemas.Contact:
    """`names`: may this key read names and addresses?"""
    return {
        "id": contact.id,
        "account": contact.account,
        "person": contact.person,
        "email": contact.email if names else None,
        "name": contact.name if names else None,
        "role": contact.role,
        "capacity": contact.capacity,
        "engagement": contact.engagement,
        "left": contact.left,
        "added_at": moments.to_text(contact.added_at),
    }


def show_asked_contact(asked: AskedContact, names: bool) -> schemas.AskedContact:
    return {
        **show_contact(asked.contact, names),
        "unreachable": reason_to_be_silent(asked.person),
        "standing": standing_of(asked),
        "surveys": by_survey(asked.occasions),
    }
