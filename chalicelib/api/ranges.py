"""Query parameters: each at most once, days half-open."""

from dataclasses import dataclass
from datetime import date, timedelta

from chalicelib.errors import FieldError, Invalid
from chalicelib.score.report import LONGEST_RANGE, Step

DEFAULT_RANGE = timedelta(days=90)


@dataclass(frozen=True)
class RangeAsked:
    """first <= day < end."""

    first: date
    end: date
    step: Step


def range_of(query: dict[str, list[str]], today: date) -> RangeAsked:
    """The last 90 days by week unless told otherwise. Raises Invalid."""
    end = _day(query, "to") or today + timedelta(days=1)
    first = _day(query, "from") or end - DEFAULT_RANGE
    if first >= end:
        raise Invalid([FieldError("from", "range_empty", "`from` must be before `to`.")])
    if end - first > LONGEST_RANGE:
        raise Invalid([FieldError("from", "range_too_long", "At most five years.")])
    return RangeAsked(first, end, _step(query))


def one_of(query: dict[str, list[str]], name: str) -> str | None:
    given = query.get(name, [])
    if len(given) > 1:
        raise Invalid([FieldError(name, "given_twice", "Give it once.")])
    return given[0] if given else None


def _day(query: dict[str, list[str]], name: str) -> date | None:
    text = one_of(query, name)
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        detail = "Use a day of the survey's time zone, for example 2026-11-21."
        raise Invalid([FieldError(name, "date_invalid", detail)]) from error
    if not 2000 <= day.year <= 9000:
        raise Invalid([FieldError(name, "date_invalid", "A year from 2000 on.")])
    return day


def _step(query: dict[str, list[str]]) -> Step:
    text = one_of(query, "interval") or Step.WEEK.value
    try:
        return Step(text)
    except ValueError as error:
        raise Invalid(
            [FieldError("interval", "interval_invalid", "day, week or month.")]
        ) from error
