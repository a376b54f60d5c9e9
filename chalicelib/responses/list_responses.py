"""A page of responses: read from the index and filtered on the way.

One request reads a bounded number of rows, so that it does not grow with the survey. A page
ends at its last row or at that bound. It then gives what it found, which may be nothing, and
the place to continue from.
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from msgspec import Struct

from chalicelib import ids, keys, moments
from chalicelib.deadline import LONGEST_FUNCTION_S
from chalicelib.errors import Conflict, FieldError
from chalicelib.listed import Listing
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.response import BALLOT, Response
from chalicelib.responses.store import (
    IndexPage,
    ResponseStore,
    answer_place,
    change_place,
)
from chalicelib.search import holds, words_of
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import words_of as words_given
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.web.cursor import decode_cursor, encode_cursor
from chalicelib.web.days import DaysQuery

MOST_READ = 1000
# Characters of comments that one request may stem and send. About 1,900 comments of usual
# length.
MOST_TEXT = 150_000
CHUNK = 200
# The difference of clocks and the delay of the index.
CLOCKS_DIFFER_S = 10
# After this time no earlier change can appear: from a function's reading of the clock to its write
# it takes no longer than the function may run.
SETTLES_AFTER = timedelta(seconds=LONGEST_FUNCTION_S + CLOCKS_DIFFER_S)
FILTERS = {"band", "segment", "q", "theme", "cause", "commented"}
PLACE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[a-z2-7]{26}", re.ASCII)

CausesOf = Callable[[Sequence[str]], dict[str, str]]
ReadOn = Callable[[int, str | None], IndexPage]
Choose = Callable[[list[Response]], list[Response]]


class Listed(Struct, frozen=True):
    """`cursor` is None on the last page. Every change before `settled_to` was listed."""

    responses: list[Response]
    cursor: str | None
    settled_to: datetime | None = None


def list_answers(
    survey: Survey,
    query: ResponsesQuery,
    limit: int,
    responses: ResponseStore,
    causes_of: CausesOf,
) -> Listed:
    """The newest first. Raises Conflict."""
    within = days_of(survey, query, query.state)
    after = _after(survey, query, within)
    choose = chooser(survey, query, causes_of)
    found, place = gather(
        lambda count, at: responses.page(within, count, at),
        choose,
        answer_place,
        limit,
        after,
    )
    return Listed(found, _cursor(survey, query, place))


def list_changes(
    survey: Survey, query: ResponsesQuery, limit: int, responses: ResponseStore, now: datetime
) -> Listed:
    """The oldest change first, up to SETTLES_AFTER before `now`. Raises Conflict."""
    within, edge = changes_within(survey, query, now), edge_of(now)
    if within is None:
        return Listed([], None, edge)
    after = _after(survey, query, within)
    found, place = gather(
        lambda count, at: responses.changed(within, count, at), None, change_place, limit, after
    )
    return Listed(found, _cursor(survey, query, place), None if place else edge)


def changes_within(survey: Survey, query: ResponsesQuery, now: datetime) -> Listing | None:
    """None when nothing can have changed in it."""
    edge = edge_of(now)
    # No change is older, and the first hours of the year 1 may have no time in UTC.
    since = max(_start(query.updated_since or edge, survey), datetime.fromtimestamp(0, UTC))
    if since >= edge:
        return None
    partition = keys.changes_of(survey.id)
    return Listing(partition, moments.to_text(since), moments.to_text(edge))


def _start(given: datetime | date, survey: Survey) -> datetime:
    return given if isinstance(given, datetime) else moments.start_of(given, survey.tz)


def edge_of(now: datetime) -> datetime:
    """Behind it, changes may still appear."""
    return now - SETTLES_AFTER


def gather(
    read_on: ReadOn,
    choose: Choose | None,
    place_of: Callable[[Response], str],
    limit: int,
    after: str | None = None,
    most_read: int = MOST_READ,
) -> tuple[list[Response], str | None]:
    """Gives at most `limit` chosen responses, and the place of the last response read: None
    when there are no more."""
    found: list[Response] = []
    read = text = 0
    while True:
        # Without `choose` every row that is read is shown.
        wanted = CHUNK if choose else min(CHUNK, limit - len(found))
        page = read_on(min(wanted, most_read - read), after)
        part = _up_to(page.responses, MOST_TEXT - text)
        for response in choose(part) if choose else part:
            found.append(response)
            if len(found) == limit:
                return found, place_of(response)
        read, text = read + len(part), text + _length(part)
        if read >= most_read or text >= MOST_TEXT:
            return found, place_of(part[-1])
        if page.next is None:
            return found, None
        after = page.next


def _up_to(responses: list[Response], most_text: int) -> list[Response]:
    """At least one response, so that every page moves on. The last one may go over the bound."""
    sums = accumulate(response.length for response in responses)
    count = sum(1 for total in sums if total < most_text)
    return responses[: count + 1]


def _length(responses: list[Response]) -> int:
    return sum(response.length for response in responses)


def chooser(survey: Survey, query: ResponsesQuery, causes_of: CausesOf) -> Choose | None:
    """None when there is no filter."""
    if not query.model_fields_set & FILTERS:
        return None
    words = words_of(query.q or "")
    themes_of = theme_reader(survey.themes, survey.lang) if query.theme else None
    commented = None if query.commented is None else query.commented == "true"

    def fits(response: Response) -> bool:
        return (
            (query.band is None or response.band == query.band)
            and (query.segment is None or query.segment in response.segments)
            and (commented is None or bool(response.comment) == commented)
            and (not words or holds(_written(response), words))
            and (themes_of is None or query.theme in themes_of(response.comment))
        )

    def choose(part: list[Response]) -> list[Response]:
        fitting = [response for response in part if fits(response)]
        if query.cause is None:
            return fitting
        # A cause costs a read, so only for responses that fit all else.
        causes = causes_of([response.id for response in fitting])
        return [response for response in fitting if causes.get(response.id) == query.cause]

    return choose


def _written(response: Response) -> str:
    """The comment, and the words that were given to questions. Of a sealed survey no search may
    join the two."""
    words = {} if response.origin == BALLOT else words_given(response.answers)
    return "\n".join([response.comment or "", *map(str, words.values())])


def days_of(survey: Survey, query: DaysQuery, state: str) -> Listing:
    """Days begin at midnight in the survey's zone."""
    first, end = (
        moments.to_text(moments.start_of(day, survey.tz)) if day else None
        for day in (query.first, query.end)
    )
    return Listing(keys.responses_of(survey.id, state), first, end, newest_first=True)


def _cursor(survey: Survey, query: ResponsesQuery, place: str | None) -> str | None:
    return encode_cursor({"at": place, "of": query_id(survey, query)}) if place else None


def _after(survey: Survey, query: ResponsesQuery, within: Listing) -> str | None:
    """A cursor belongs to one query. Raises Conflict with another one."""
    given = decode_cursor(query.cursor, "at", "of")
    if given is None:
        return None
    place = str(given["at"])
    lowest, highest = within.lowest or "", within.highest or "~"
    inside = PLACE.fullmatch(place) and lowest <= place <= highest
    if not inside or given["of"] != query_id(survey, query):
        detail = "Take `next` as it is, with the same survey and the same filters."
        raise Conflict([FieldError("cursor", "cursor_invalid", detail)])
    return place


def query_id(survey: Survey, query: ResponsesQuery) -> str:
    filters = query.model_dump(mode="json", exclude={"limit", "cursor"})
    return ids.derived_id("responses", survey.id, json.dumps(filters, sort_keys=True))
