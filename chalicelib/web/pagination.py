"""Lists: {"items": [...], "next": cursor or null} and a Link header."""

from typing import Annotated

from pydantic import Field

from chalicelib.web.query import Query, Whole

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 100
BY_REACH = (
    "A key that is limited to surveys is shown what is of them: a page may be empty and have a"
    " `next`."
)


Cursor = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9_-]{20,2000}$", description="`next` of the page before, as it is."),
]


class PageQuery(Query):
    limit: Whole = Field(
        default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="At most so many items."
    )
    cursor: Cursor | None = None
