"""Reads an account and its contacts from JSON and from rows of a file."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from operator import attrgetter

from msgspec.structs import replace

from chalicelib.accounts.account import Account, Contact, NewId, Owner
from chalicelib.accounts.schemas import AccountBody, ContactBody
from chalicelib.accounts.store import CONTACTS_AT_ONCE, AccountStore
from chalicelib.errors import OWNER_UNKNOWN, Conflict, FieldError
from chalicelib.teams.team import Team
from chalicelib.web.csv_import import Row
from chalicelib.web.import_rows import Fate, RowKind

COLUMNS = ("contact", "email", "name", "role", "capacity", "engagement")
NEEDED_COLUMNS = ("contact", "email")


class ContactRow(ContactBody):
    contact: NewId


def read_account(body: AccountBody, account_id: str, by: str) -> Account:
    """`by` is the id of a key."""
    owner = Owner(body.owner.team, body.owner.person) if body.owner else None
    return Account(account_id, body.name, body.audience, by, owner)


def refuse_unknown_owner(account: Account, team: Callable[[str], Team | None]) -> None:
    """Raises Conflict."""
    if account.owner is None:
        return
    found = team(account.owner.team)
    if not found or account.owner.person not in {member.id for member in found.people}:
        detail = "The team has nobody of this id, or there is no such team."
        raise Conflict([FieldError("#/owner", OWNER_UNKNOWN, detail)])


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


def contact_rows(
    account: str,
    by: str,
    columns: Collection[str],
    person: Callable[[str], str],
    now: datetime,
    store: AccountStore,
) -> RowKind[Contact]:
    """`columns` are those of the file. A column that is missing in it leaves that field of a
    stored contact unchanged. There is none for `left`, so an import never changes it."""
    kept = {*COLUMNS, "left"} - set(columns)

    def read(row: Row) -> Contact:
        body = ContactRow.model_validate(row.cells)
        return replace(read_contact(body, account, body.contact, person, now), changed_by=by)

    def put(contacts: Sequence[Contact]) -> list[Fate]:
        return store.put_contacts(contacts, kept)

    return RowKind("contact", read, attrgetter("id"), put, CONTACTS_AT_ONCE)
