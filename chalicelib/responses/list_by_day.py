"""A page of responses for a key that may not know at what time of a day they were given."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.disclosure.by_day import (
    ByDay,
    cursor_of,
    position_of,
    read_stretch,
)
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.responses.list_responses import (
    MOST_READ,
    CausesOf,
    Choose,
    Listed,
    changes_within,
    chooser,
    days_of,
    edge_of,
    gather,
    query_id,
)
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.response import Response
from chalicelib.responses.store import IndexPage, ResponseStore, answer_place, change_place
from chalicelib.surveys.definition import Survey


def list_answers_by_day(
    survey: Survey,
    query: ResponsesQuery,
    limit: int,
    responses: ResponseStore,
    causes_of: CausesOf,
    told: Disclosure,
) -> Listed:
    """The newest day first. Raises Conflict."""
    within = days_of(survey, query, query.state)
    listed = ByDay(
        lambda count, at: _rows(responses.page(within, count, at)),
        answer_place,
        lambda response: told.time(response.answered_at, survey.tz),
        lambda response: told.shown_id(response.id),
        newest_first=True,
    )
    return _page(survey, query, listed, chooser(survey, query, causes_of), limit, told)


def list_changes_by_day(
    survey: Survey,
    query: ResponsesQuery,
    limit: int,
    responses: ResponseStore,
    now: datetime,
    told: Disclosure,
) -> Listed:
    """The oldest day first. Raises Conflict."""
    within, edge = changes_within(survey, query, now), edge_of(now)
    if within is None:
        return Listed([], None, edge)
    listed = ByDay(
        lambda count, at: _rows(responses.changed(within, count, at)),
        change_place,
        lambda response: told.time(response.changed_at, survey.tz),
        lambda response: told.shown_id(response.id),
    )
    page = _page(survey, query, listed, None, limit, told)
    return page if page.cursor else Listed(page.responses, None, edge)


def _page(
    survey: Survey,
    query: ResponsesQuery,
    listed: ByDay[Response],
    choose: Choose | None,
    limit: int,
    told: Disclosure,
) -> Listed:
    at = position_of(query.cursor, query_id(survey, query), told)
    stretch = read_stretch(listed, at, MOST_READ if choose else limit)
    waiting = {listed.key_of(row): row for row in stretch.rows}
    found, passed = gather(_reading(waiting), choose, listed.key_of, limit)
    if passed and passed == next(reversed(waiting)):
        passed = None
    return Listed(found, cursor_of(stretch.behind(passed), told))


def _reading(waiting: dict[str, Response]) -> Callable[[int, str | None], IndexPage]:
    keys = list(waiting)

    def read_on(count: int, after: str | None) -> IndexPage:
        start = keys.index(after) + 1 if after else 0
        part = keys[start : start + count]
        more = start + count < len(keys)
        return IndexPage([waiting[key] for key in part], part[-1] if more else None)

    return read_on


def _rows(page: IndexPage) -> tuple[list[Response], str | None]:
    return page.responses, page.next
