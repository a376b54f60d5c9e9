"""Query parameters of accounts."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from chalicelib.api.queries import Query
from chalicelib.survey.definition import SurveyId

MOST_CONTACTS = 200


def _whole(value: object) -> object:
    """Plain digits alone; pydantic would take 1.0 and 1_0 as well."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("a whole number")
    return value


Whole = Annotated[int, BeforeValidator(_whole)]


class ContactsQuery(Query):
    survey: SurveyId | None = Field(None, description="Only what this survey asked.")
    limit: Whole = Field(MOST_CONTACTS, ge=1, le=MOST_CONTACTS, description="Contacts a page.")
    cursor: str | None = Field(None, description="`next` of the page before.")
