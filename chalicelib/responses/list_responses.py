"""A page of responses: read from the index and filtered on the way.

What one request reads is bounded. A page ends at its last row, or when so much was read that
the request would grow with the survey. It then gives what it found, which may be nothing,
and the place to go on from.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from chalicelib import ids, keys, moments
from chalicelib.errors import Conflict, FieldError
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.response import Response
from chalicelib.responses.store import (
    IndexPage,
    IndexRange,
    ResponseStore,
    answer_place,
    change_place,
)
from chalicelib.search import holds, words_of
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.web.cursor import decode_cursor, encode_cursor
from chalicelib.web.days import DaysQuery

MOST_READ = 1000
# Characters of comments: what stemming them and sending them may cost a request. About
# 1,900 comments of usual length.
MOST_TEXT = 150_000
CHUNK = 200
# Longer than a function may run between looking at its clock and having written, with
# what clocks differ and the index lags: before this no change can appear any more.
SETTLES_AFTER = timedelta(seconds=60)
FILTERS = {"band", "segment", "q", "theme", "cause", "commented"}
PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[a-z2-7]{26}", re.ASCII)

CausesOf = Callable[[Sequence[str]], dict[str, str]]
ReadOn = Callable[[int, str | None], IndexPage]
Choose = Callable[[list[Response]], list[Response]]


@dataclass(frozen=True)
class Listed:
    """`cursor` is None when nothing is left; `settled_to` is then how far the changes go."""

    responses: list[Response]
    cursor: str | None
    settled_to: datetime | None = None


def list_answers(
    survey: Survey,
    asked: ResponsesQuery,
    limit: int,
    responses: ResponseStore,
    causes_of: CausesOf,
) -> Listed:
    """The newest first. Raises Conflict."""
    within = days_of(survey, asked, asked.state)
    after = _after(survey, asked, within)
    choose = chooser(survey, asked, causes_of)
    found, place = gather(
        lambda count, at: responses.page(within, count, at),
        choose,
        answer_place,
        limit,
        after,
    )
    return Listed(found, _cursor(survey, asked, place))


def list_changes(
    survey: Survey, asked: ResponsesQuery, limit: int, responses: ResponseStore, now: datetime
) -> Listed:
    """The oldest change first, up to where no earlier one can appear. Raises Conflict."""
    edge = now - SETTLES_AFTER
    # Nothing is older, and not every zone has a day before the first of all.
    since = max(asked.updated_since or edge, datetime.fromtimestamp(0, UTC))
    if since >= edge:
        return Listed([], None, edge)
    within = IndexRange(keys.changes_of(survey.id), moments.to_text(since), moments.to_text(edge))
    after = _after(survey, asked, within)
    found, place = gather(
        lambda count, at: responses.changed(within, count, at), None, change_place, limit, after
    )
    return Listed(found, _cursor(survey, asked, place), None if place else edge)


def gather(
    read_on: ReadOn,
    choose: Choose | None,
    place_of: Callable[[Response], str],
    limit: int,
    after: str | None = None,
    most_read: int = MOST_READ,
) -> tuple[list[Response], str | None]:
    """Gives up to `limit` that are chosen, and the place of the last one looked at while
    there may be more."""
    found: list[Response] = []
    read = text = 0
    while True:
        # Without a choice every row read is a row shown.
        wanted = CHUNK if choose else min(CHUNK, limit - len(found))
        page = read_on(min(wanted, most_read - read), after)
        part = _up_to(page.responses, MOST_TEXT - text)
        for response in choose(part) if choose else part:
            found.append(response)
            if len(found) == limit:
                return found, place_of(response)
        read, text = read + len(part), text + _text(part)
        if read >= most_read or text >= MOST_TEXT:
            return found, place_of(part[-1])
        if page.next is None:
            return found, None
        after = page.next


def _up_to(responses: list[Response], most_text: int) -> list[Response]:
    """The first ones, the last of which may go beyond: there is always one more page."""
    sums = accumulate(len(response.comment or "") for response in responses)
    count = sum(1 for total in sums if total < most_text)
    return responses[: count + 1]


def _text(responses: list[Response]) -> int:
    return sum(len(response.comment or "") for response in responses)


def chooser(survey: Survey, asked: ResponsesQuery, causes_of: CausesOf) -> Choose | None:
    """None when everything is wanted. Causes are asked for only of what fits otherwise:
    they cost a read."""
    if not asked.model_fields_set & FILTERS:
        return None
    words = words_of(asked.q or "")
    themes_of = theme_reader(survey.themes, survey.lang) if asked.theme else None
    commented = None if asked.commented is None else asked.commented == "true"

    def fits(response: Response) -> bool:
        return (
            (asked.band is None or response.band == asked.band)
            and (asked.segment is None or asked.segment in response.segments)
            and (commented is None or bool(response.comment) == commented)
            and (not words or holds(response.comment, words))
            and (themes_of is None or asked.theme in themes_of(response.comment))
        )

    def choose(part: list[Response]) -> list[Response]:
        fitting = [response for response in part if fits(response)]
        if asked.cause is None:
            return fitting
        causes = causes_of([response.id for response in fitting])
        return [response for response in fitting if causes.get(response.id) == asked.cause]

    return choose


def days_of(survey: Survey, asked: DaysQuery, state: str) -> IndexRange:
    """Days begin at midnight where the survey is."""
    first, end = (
        moments.to_text(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(survey.tz)))
        if day
        else None
        for day in (asked.first, asked.end)
    )
    return IndexRange(keys.responses_of(survey.id, state), first, end, newest_first=True)


def _cursor(survey: Survey, asked: ResponsesQuery, place: str | None) -> str | None:
    return encode_cursor({"at": place, "of": _question(survey, asked)}) if place else None


def _after(survey: Survey, asked: ResponsesQuery, within: IndexRange) -> str | None:
    """A cursor is a place in one answer: with another question it names nothing."""
    given = decode_cursor(asked.cursor, "at", "of")
    if given is None:
        return None
    place = str(given["at"])
    lowest, highest = within.lowest or "", within.highest or "~"
    inside = PLACE.fullmatch(place) and lowest <= place <= highest
    if not inside or given["of"] != _question(survey, asked):
        detail = "Take `next` as it is, with the same survey and the same filters."
        raise Conflict([FieldError("cursor", "cursor_invalid", detail)])
    return place


def _question(survey: Survey, asked: ResponsesQuery) -> str:
    filters = asked.model_dump(mode="json", exclude={"limit", "cursor"})
    return ids.derived_id("responses", survey.id, json.dumps(filters, sort_keys=True))
