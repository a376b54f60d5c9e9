"""A range of days as query parameters, half-open."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from chalicelib.errors import Conflict, FieldError
from chalicelib.periods import LONGEST_RANGE, Range, Step
from chalicelib.web.query import Query
from chalicelib.web.schemas import Days

DEFAULT_RANGE = timedelta(days=90)
EARLIEST, LATEST = date(2000, 1, 1), date(9000, 1, 1)


def _iso_day(text: object) -> object:
    # Only this spelling: pydantic also reads a number as a time.
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("use a day, for example 2026-11-21")
    return text


Day = Annotated[date, BeforeValidator(_iso_day)]


class DaysQuery(Query):
    first: Day | None = Field(
        default=None,
        alias="from",
        description="First day in the survey's time zone, like 2026-10-01. 90 days before `to` "
        "by default.",
    )
    end: Day | None = Field(
        default=None,
        alias="to",
        description="The day after the last one. Tomorrow by default.",
    )


class RangeQuery(DaysQuery):
    interval: Step = Field(default=Step.WEEK, description="The length of each period.")


def days_of(asked: DaysQuery, today: date, usual: timedelta = DEFAULT_RANGE) -> Range:
    """The last 90 days unless the query says otherwise. Raises Conflict."""
    check_days(asked)
    end = asked.end or today + timedelta(days=1)
    first = asked.first or end - usual
    if first >= end:
        raise Conflict([FieldError("from", "range_empty", "`from` must be before `to`.")])
    if end - first > LONGEST_RANGE:
        raise Conflict([FieldError("from", "range_too_long", "At most five years.")])
    return Range(first, end)


def shown_days(days: Range) -> Days:
    return {"from": days.first.isoformat(), "to": days.end.isoformat()}


def check_days(asked: DaysQuery) -> None:
    """Raises Conflict."""
    for name, day in (("from", asked.first), ("to", asked.end)):
        if day and not EARLIEST <= day < LATEST:
            raise Conflict([FieldError(name, "range_out_of_time", "A year from 2000 on.")])
    if asked.first and asked.end and asked.first >= asked.end:
        raise Conflict([FieldError("from", "range_empty", "`from` must be before `to`.")])
