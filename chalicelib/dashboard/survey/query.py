"""The parameters of a survey's page: what a link to it says."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from chalicelib.outcomes.outcome import Kind
from chalicelib.periods import RECENT_DAYS, Range, month_after, month_before, up_to
from chalicelib.responses.query import Search
from chalicelib.scores.query import Segment
from chalicelib.web.days import Day, DaysQuery
from chalicelib.web.days import days_of as asked_days
from chalicelib.web.pagination import Cursor
from chalicelib.web.query import Query

Span = Literal["7d", "30d", "90d", "month", "quarter", "year", "own"]
Words = Literal["unhappy", "happy", "all"]
_LENGTHS = {"7d": 7, "30d": 30, "90d": RECENT_DAYS, "year": 365}


class SurveyQuery(Query):
    """`until` is the last day of an own range. `month` and `quarter` are the last that are over."""

    days: Span = "30d"
    first: Day | None = Field(None, alias="from")
    until: Day | None = None
    segment: Segment | None = None
    words: Words | None = None
    theme: str | None = Field(None, max_length=60)
    q: Search | None = None
    cursor: Cursor | None = None
    outcome: Kind = Kind.REFERRAL


def days_of(query: SurveyQuery, today: date) -> Range:
    """Raises Conflict."""
    if query.days == "month":
        return month_before(today)
    if query.days == "quarter":
        end = today.replace(month=today.month - (today.month - 1) % 3, day=1)
        return Range(month_after(end, -3), end)
    if query.days == "own":
        end_day = query.until + timedelta(days=1) if query.until else None
        return asked_days(DaysQuery.model_validate(_spelled(query.first, end_day)), today)
    return up_to(today, _LENGTHS[query.days])


def course_of(days: Range, today: date) -> Range:
    """This month and the twelve before it; more when the range began earlier."""
    first = min(days.first.replace(day=1), month_after(today, -12))
    return Range(first, max(days.end, today + timedelta(days=1)))


def spelled(days: Range) -> dict[str, str]:
    """As the API is asked."""
    return {"from": days.first.isoformat(), "to": days.end.isoformat()}


def _spelled(first: date | None, end: date | None) -> dict[str, str]:
    given = {"from": first, "to": end}
    return {name: day.isoformat() for name, day in given.items() if day}
