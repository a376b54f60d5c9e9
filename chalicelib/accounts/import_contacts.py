"""Reads an account and its contacts from JSON and from rows of a file."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.accounts.account import Account, CallersId, Contact
from chalicelib.accounts.schemas import AccountBody, ContactBody
from chalicelib.accounts.store import AccountStore
from chalicelib.web.csv_import import Row, Stored

COLUMNS = ("contact", "email", "name", "role", "capacity", "engagement")
NEEDED_COLUMNS = ("contact", "email")


class ContactRow(ContactBody):
    contact: CallersId


def read_account(body: AccountBody, account_id: str) -> Account:
    return Account(account_id, body.name, body.audience)


def read_contact(
    body: ContactBody, account: str, contact_id: str, person: Callable[[str], str], now: datetime
) -> Contact:
    return Contact(
        account=account,
        id=contact_id,
        person=person(body.email),
        email=body.email,
        name=body.name,
        role=body.role,
        capacity=body.capacity,
        engagement=body.engagement,
        left=body.left,
        added_at=now,
    )


def storing_rows(
    account: str, person: Callable[[str], str], now: datetime, store: AccountStore
) -> Callable[[Row], Stored]:
    def put(row: Row) -> Stored:
        body = ContactRow.model_validate(row.cells)
        contact = read_contact(body, account, body.contact, person, now)
        # A column that is missing in the file leaves that field of a stored contact unchanged.
        # There is no column for `left`, so an import never changes it.
        missing = set(COLUMNS) - row.columns
        store.put_contact(contact, kept=missing | {"left"})
        return Stored(contact.id)

    return put
