"""What may be asked of tasks and their causes."""

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from chalicelib.api.cursor import decode_cursor
from chalicelib.api.lists import DEFAULT_LIMIT, LARGEST_LIMIT
from chalicelib.api.queries import Query
from chalicelib.errors import FieldError, Invalid
from chalicelib.keys import tasks_in
from chalicelib.score.report import LONGEST_RANGE
from chalicelib.table import Item

DEFAULT_RANGE = timedelta(days=90)
YEARS = range(2000, 9001)


def _day(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
        raise PydanticCustomError("date_invalid", "Use a day, for example 2026-11-21.")
    return given


def _limit(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"\d{1,3}", given, re.ASCII):
        raise PydanticCustomError("limit_invalid", "A number.")
    return given


Day = Annotated[date, BeforeValidator(_day)]


class TasksQuery(Query):
    state: Literal["open", "closed"] = Field(
        default="open",
        description="Open tasks come the most urgent first, closed ones the last closed first.",
    )
    limit: Annotated[int, BeforeValidator(_limit)] = Field(
        default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Tasks on a page."
    )
    cursor: str | None = Field(default=None, description="`next` of the page before, as it is.")

    @property
    def after(self) -> Item | None:
        """Raises Invalid, also for a cursor of the other state's list."""
        after = decode_cursor(self.cursor, "PK", "SK", "list_pk", "list_sk")
        if after and after["list_pk"] != tasks_in(self.state):
            detail = "Take `next` of this list as it is."
            raise Invalid([FieldError("cursor", "cursor_invalid", detail)])
        return after


class CausesQuery(Query):
    # `first` and `end` are words of this code, not of the address.
    model_config = ConfigDict(populate_by_name=False)

    first: Day | None = Field(
        default=None,
        alias="from",
        description="First day, of the survey's zone; 90 days before `to` unless told.",
    )
    end: Day | None = Field(
        default=None,
        alias="to",
        description="Day after the last one; tomorrow unless told.",
    )

    def days(self, today: date) -> tuple[date, date]:
        """first <= day < end. Raises Invalid."""
        for name, day in (("from", self.first), ("to", self.end)):
            if day and day.year not in YEARS:
                raise Invalid([FieldError(name, "date_invalid", "A year from 2000 on.")])
        end = self.end or today + timedelta(days=1)
        first = self.first or end - DEFAULT_RANGE
        if first >= end:
            raise Invalid([FieldError("from", "range_empty", "`from` must be before `to`.")])
        if end - first > LONGEST_RANGE:
            raise Invalid([FieldError("from", "range_too_long", "At most five years.")])
        return first, end
