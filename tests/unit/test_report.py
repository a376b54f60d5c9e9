from datetime import date
from itertools import pairwise

import pytest

from chalicelib.score.report import Step, periods_of, scores
from chalicelib.score.store import TallyStore
from chalicelib.score.tally import tally_writes
from tests.fakes import FakeTable

JANUARY = date(2026, 1, 1)


def test_weeks_begin_on_monday_and_the_outer_ones_are_cut() -> None:
    found = periods_of(JANUARY, date(2026, 1, 13), Step.WEEK)  # a Thursday
    assert found == [
        (JANUARY, date(2026, 1, 5)),
        (date(2026, 1, 5), date(2026, 1, 12)),
        (date(2026, 1, 12), date(2026, 1, 13)),
    ]


@pytest.mark.parametrize("step", list(Step))
def test_periods_cover_the_range_without_gap_or_overlap(step: Step) -> None:
    end = date(2027, 3, 3)
    found = periods_of(JANUARY, end, step)
    assert found[0][0] == JANUARY
    assert found[-1][1] == end
    assert all(one[1] == following[0] for one, following in pairwise(found))


def test_months_follow_the_calendar() -> None:
    found = periods_of(date(2026, 1, 31), date(2026, 3, 2), Step.MONTH)
    assert [start.isoformat() for start, _ in found] == ["2026-01-31", "2026-02-01", "2026-03-01"]


def test_shards_of_a_day_are_summed_and_the_end_of_the_range_is_outside() -> None:
    table = FakeTable()
    for day, shard, change in (
        ("2026-01-01", 0, {"c9": 2, "n": 2}),
        ("2026-01-01", 7, {"c9": -1, "c0": 1}),
        ("2026-01-02", 0, {"c5": 1, "n": 1}),
    ):
        for write in tally_writes("s", {("all", day): change}, shard):
            table.write(write)
    first_day = TallyStore(table).days("s", JANUARY, date(2026, 1, 2))
    assert first_day == {JANUARY: {"c9": 1, "c0": 1, "n": 2}}


def test_the_whole_is_the_sum_of_its_periods() -> None:
    days = {date(2026, 1, day): {"c10": day, "n": day} for day in (1, 2, 5, 9)}
    found = scores(days, JANUARY, date(2026, 2, 1), Step.WEEK)
    assert found["responses"] == sum(period["responses"] for period in found["periods"]) == 17
    assert found["nps"] == 100.0
