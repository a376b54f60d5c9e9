"""Query parameters of accounts."""

from pydantic import Field

from chalicelib.keys import ACCOUNTS, CONTACT_RANGE, account
from chalicelib.surveys.definition import SurveyId
from chalicelib.table import Item
from chalicelib.web.cursor import decode_cursor, invalid_cursor, listed_after
from chalicelib.web.pagination import Cursor
from chalicelib.web.query import Query, Whole

MOST_CONTACTS = 200


class AccountsQuery(Query):
    limit: Whole = Field(50, ge=1, le=100, description="Accounts a page.")
    cursor: Cursor | None = None

    @property
    def after(self) -> Item | None:
        """Raises Conflict, also for a cursor of another list."""
        return listed_after(self.cursor, ACCOUNTS)


class ContactsQuery(Query):
    survey: SurveyId | None = Field(None, description="Only what this survey asked.")
    limit: Whole = Field(MOST_CONTACTS, ge=1, le=MOST_CONTACTS, description="Contacts a page.")
    cursor: Cursor | None = None

    def after(self, account_id: str) -> Item | None:
        """Raises Conflict, also for a cursor of another account."""
        after = decode_cursor(self.cursor, "PK", "SK")
        lowest, highest = CONTACT_RANGE
        home = account(account_id).pk
        if after and not (after["PK"] == home and lowest <= after["SK"] <= highest):
            raise invalid_cursor()
        return after
