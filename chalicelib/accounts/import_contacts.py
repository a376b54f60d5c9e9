"""What may be said of an account and its contacts, as JSON and as rows of a file."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictBool, TypeAdapter

from chalicelib.accounts.account import (
    Account,
    Audience,
    CallersId,
    Capacity,
    Contact,
    Engagement,
)
from chalicelib.accounts.store import AccountStore
from chalicelib.errors import FieldError, Invalid
from chalicelib.invitations.fields import Address
from chalicelib.surveys.definition import Line
from chalicelib.web.csv_import import Row, Stored

COLUMNS = ("contact", "email", "name", "role", "capacity", "engagement")


class AccountBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Line
    audience: Audience = "external"


class ContactBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address
    name: Line | None = None
    role: Line | None = None
    capacity: Capacity = Capacity.UNKNOWN
    engagement: Engagement = Engagement.UNKNOWN
    left: StrictBool = False


class ContactRow(ContactBody):
    """A row may not say who left: an import of today's list keeps what is known of that."""

    contact: CallersId


def callers_id(value: str, name: str) -> str:
    """Raises Invalid, with a pointer to the path's `name`."""
    try:
        return TypeAdapter(CallersId).validate_python(value)
    except ValueError as error:
        detail = "1 to 64 letters, digits, dots, dashes or underscores."
        raise Invalid([FieldError(name, "id_invalid", detail)]) from error


def read_account(body: dict[str, Any], account_id: str) -> Account:
    read = AccountBody.model_validate(body)
    return Account(callers_id(account_id, "account"), read.name, read.audience)


def read_contact(
    body: ContactBody, account: str, contact_id: str, person: Callable[[str], str], now: datetime
) -> Contact:
    return Contact(
        account=account,
        id=callers_id(contact_id, "contact"),
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
        # A column that the file does not have says nothing of an earlier contact.
        unsaid = set(COLUMNS) - row.columns
        store.put_contact(contact, kept=unsaid | {"left"})
        return Stored(contact.id)

    return put
