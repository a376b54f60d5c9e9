"""A page of responses is bounded by what is read for it, whatever is found."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.responses.list_responses import (
    MOST_READ,
    MOST_TEXT,
    chooser,
    days_of,
    gather,
)
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.response import Answer, Response, answered
from chalicelib.responses.store import IndexPage, answer_place
from chalicelib.web.days import DaysQuery
from tests.support.samples import NOW, SURVEY, invitation

ONE = answered(invitation(), None, Answer(9), "op", "2026-11-20", NOW)


class Index:
    """As many answers as anybody wants."""

    def __init__(self, comment: str | None = None) -> None:
        self.comment = comment
        self.read = 0

    def read_on(self, count: int, after: str | None) -> IndexPage:
        assert after is None or after == answer_place(self.numbered(self.read - 1))
        found = [self.numbered(self.read + number) for number in range(count)]
        self.read += count
        return IndexPage(found, answer_place(found[-1]))

    def numbered(self, number: int) -> Response:
        at = NOW - timedelta(seconds=number)
        return replace(ONE, id=f"{number}", answered_at=at, comment=self.comment)


def none_of(responses: list[Response]) -> list[Response]:
    return []


def test_a_search_that_finds_nothing_ends_and_can_go_on() -> None:
    index = Index()
    found, place = gather(index.read_on, none_of, answer_place, 50)
    assert (found, index.read) == ([], MOST_READ)
    assert place == answer_place(index.numbered(MOST_READ - 1))


def test_long_words_end_a_page_sooner() -> None:
    enough = MOST_TEXT // 10_000
    found, place = gather(Index("x" * 10_000).read_on, None, answer_place, 1000)
    assert len(found) == enough
    assert place == answer_place(found[-1])


def test_no_more_words_are_searched_than_a_request_may_cost() -> None:
    searched: list[Response] = []
    index = Index("x" * 10_000)

    def search(responses: list[Response]) -> list[Response]:
        searched.extend(responses)
        return []

    _, place = gather(index.read_on, search, answer_place, 1000)
    assert len(searched) == MOST_TEXT // 10_000
    assert place == answer_place(searched[-1])


def test_a_page_without_filters_reads_no_more_than_it_shows() -> None:
    index = Index()
    found, place = gather(index.read_on, None, answer_place, 7)
    assert (len(found), index.read) == (7, 7)
    assert place == answer_place(found[-1])


def test_a_page_that_is_full_goes_on_behind_its_last_row() -> None:
    found, place = gather(Index().read_on, lambda part: part[::2], answer_place, 5)
    assert [one.id for one in found] == ["0", "2", "4", "6", "8"]
    assert place == answer_place(found[-1])


def test_a_day_begins_at_midnight_where_the_survey_is() -> None:
    survey = replace(SURVEY, tz="America/New_York")
    # On 2026-11-01 the clocks go back there: the day has 25 hours.
    asked = DaysQuery.model_validate({"from": "2026-11-01", "to": "2026-11-02"})
    within = days_of(survey, asked, "counted")
    assert within.lowest == "2026-11-01T04:00:00.000Z"
    assert within.highest == "2026-11-02T05:00:00.000Z"


def test_days_left_out_leave_the_range_open() -> None:
    within = days_of(SURVEY, DaysQuery(), "held")
    assert (within.partition, within.lowest, within.highest) == (
        f"HELD#{SURVEY.id}",
        None,
        None,
    )


@pytest.mark.parametrize(("q", "found"), [("laptop", True), ("laptop slow", True), ("red", False)])
def test_a_search_finds_words_that_were_given_to_questions(q: str, found: bool) -> None:
    answers = {"what": "My Laptop", "colour": ("red",)}
    said = replace(ONE, comment="slow", answers=answers)
    choose = chooser(SURVEY, ResponsesQuery(q=q), lambda ids: {})
    assert choose
    assert bool(choose([said])) is found
