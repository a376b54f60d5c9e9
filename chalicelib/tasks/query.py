"""What may be asked of tasks."""

from typing import Literal

from pydantic import Field

from chalicelib.keys import tasks_in
from chalicelib.table import Item
from chalicelib.web.cursor import listed_after
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, Cursor
from chalicelib.web.query import Query, Whole


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
        return listed_after(self.cursor, tasks_in(self.state))
