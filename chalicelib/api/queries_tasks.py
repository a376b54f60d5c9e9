"""What may be asked of tasks."""

from typing import Literal

from pydantic import Field

from chalicelib.api.cursor import decode_cursor
from chalicelib.api.lists import DEFAULT_LIMIT, LARGEST_LIMIT, Cursor
from chalicelib.api.queries import Query, Whole
from chalicelib.errors import Conflict, FieldError
from chalicelib.keys import tasks_in
from chalicelib.table import Item


class TasksQuery(Query):
    state: Literal["open", "closed"] = Field(
        default="open",
        description="Open tasks come the most urgent first, closed ones the last closed first.",
    )
    limit: Whole = Field(
        default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Tasks on a page."
    )
    cursor: Cursor | None = None

    @property
    def after(self) -> Item | None:
        """Raises Conflict, also for a cursor of the other state's list."""
        after = decode_cursor(self.cursor, "PK", "SK", "list_pk", "list_sk")
        if after and after["list_pk"] != tasks_in(self.state):
            detail = "Take `next` of this list as it is."
            raise Conflict([FieldError("cursor", "cursor_invalid", detail)])
        return after
