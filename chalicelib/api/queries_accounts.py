"""Query parameters of accounts."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from chalicelib.api.cursor import decode_cursor
from chalicelib.api.queries import Query
from chalicelib.errors import FieldError, Invalid
from chalicelib.keys import ACCOUNTS, CONTACT_RANGE, account
from chalicelib.survey.definition import SurveyId
from chalicelib.table import Item

MOST_CONTACTS = 200


def _whole(value: object) -> object:
    """Plain digits alone; pydantic would take 1.0 and 1_0 as well."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("a whole number")
    return value


Whole = Annotated[int, BeforeValidator(_whole)]


class AccountsQuery(Query):
    limit: Whole = Field(50, ge=1, le=100, description="Accounts a page.")
    cursor: str | None = Field(None, description="`next` of the page before.")

    @property
    def after(self) -> Item | None:
        """Raises Invalid, also for a cursor of another list."""
        after = decode_cursor(self.cursor, "PK", "SK", "list_pk", "list_sk")
        return _of_this_list(after, after is None or after["list_pk"] == ACCOUNTS)


class ContactsQuery(Query):
    survey: SurveyId | None = Field(None, description="Only what this survey asked.")
    limit: Whole = Field(MOST_CONTACTS, ge=1, le=MOST_CONTACTS, description="Contacts a page.")
    cursor: str | None = Field(None, description="`next` of the page before.")

    def after(self, account_id: str) -> Item | None:
        """Raises Invalid, also for a cursor of another account."""
        after = decode_cursor(self.cursor, "PK", "SK")
        lowest, highest = CONTACT_RANGE
        home = account(account_id).pk
        fits = after is None or (after["PK"] == home and lowest <= after["SK"] <= highest)
        return _of_this_list(after, fits)


def _of_this_list(after: Item | None, fits: bool) -> Item | None:
    if not fits:
        raise Invalid([FieldError("cursor", "cursor_invalid", "Take `next` of a list as it is.")])
    return after
