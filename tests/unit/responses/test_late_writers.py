"""Somebody follows the feed of changes while a writer takes as long as a function may."""

from datetime import datetime, timedelta

import pytest

from chalicelib import keys, moments
from chalicelib.deadline import LONGEST_FUNCTION_S
from chalicelib.people.erase_person import erase_person
from chalicelib.responses.list_responses import CLOCKS_DIFFER_S, list_changes
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.responses.store import ResponseStore
from tests.support.erasing import INGRID, answered, asked, erasing, person_of
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, recording, stored_invitation


class Reader:
    """Asks again from where the feed was settled to."""

    def __init__(self, table: FakeTable, now: datetime) -> None:
        self.store, self.since = ResponseStore(table), now
        self.kept: dict[str, int | None] = {}

    def follow(self, now: datetime) -> None:
        query = ResponsesQuery.model_validate({"updated_since": moments.to_text(self.since)})
        page = list_changes(SURVEY, query, 100, self.store, now)
        self.kept |= {one.id: one.score for one in page.responses}
        assert page.settled_to
        self.since = page.settled_to


@pytest.mark.parametrize("behind", [0, CLOCKS_DIFFER_S - 1])
def test_a_change_that_is_written_as_late_as_can_be_is_read(behind: int) -> None:
    table = FakeTable()
    made, reader = stored_invitation(table, "late"), Reader(table, NOW)
    started = NOW + timedelta(minutes=1)
    written = started + timedelta(seconds=LONGEST_FUNCTION_S)
    for second in range(300):
        now = NOW + timedelta(seconds=second)
        if now == written:
            read = started - timedelta(seconds=behind)
            record_response(made.id, Answer(9), new_operation(read), "UTC", read, recording(table))
        reader.follow(now)
    assert reader.kept == {made.id: 9}


def test_an_erasure_that_takes_minutes_hides_nothing_from_a_reader() -> None:
    table, now, readings = FakeTable(), [NOW + timedelta(days=2)], list[datetime]()
    made = [asked(table, f"number {number}", INGRID, _day(40 * number)) for number in range(3)]
    for number, one in enumerate(made):
        answered(table, one.id, 2, "slow", _day(40 * number) + timedelta(minutes=5))
    now[0] = _day(100)
    reader = Reader(table, _day(0))
    reader.follow(now[0])
    assert set(reader.kept.values()) == {2}

    def clock() -> datetime:
        readings.append(now[0])
        return now[0]

    def goes_on(operation: str) -> None:
        if operation != "transact":
            return
        now[0] += timedelta(seconds=20)
        reader.follow(now[0])

    needs = erasing(table)
    table.after = goes_on
    erase_person(person_of(INGRID), clock, needs)
    assert len(set(readings)) > 3
    for second in range(0, 200, 20):
        reader.follow(now[0] + timedelta(seconds=second))
    assert reader.kept == dict.fromkeys((one.id for one in made), None)
    assert all(table.items[keys.change(one.id)] for one in made)


def _day(day: int) -> datetime:
    return NOW + timedelta(days=day)
