from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from chalicelib import tally_keys
from chalicelib.errors import Invalid
from chalicelib.periods import Range, Step, month_after, periods_of
from chalicelib.scores.report import ScoreRange, range_against, scores
from chalicelib.scores.segments import MOST_VALUES, split
from chalicelib.table import Put
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import tally_writes
from tests.support.fakes import FakeTable
from tests.support.tallies import nps_counts, tallies

JANUARY = date(2026, 1, 1)
YEAR = Range(JANUARY, date(2027, 1, 1))
TODAY = date(2027, 1, 2)


def report(store: TallyStore, asked: Range = YEAR, **changes: Any) -> dict[str, Any]:
    against = changes.pop("against", "previous")
    today = changes.pop("today", TODAY)
    months = store.months("s", "all").get("", {})
    past = range_against(against, asked, months, today)
    step = changes.pop("step", Step.MONTH)
    wanted = ScoreRange("s", "nps", asked, step, today, against=past, **changes)
    return scores(wanted, store, months)


def test_weeks_begin_on_monday_and_the_outer_ones_are_cut() -> None:
    found = periods_of(Range(JANUARY, date(2026, 1, 13)), Step.WEEK)  # a Thursday
    assert found == [
        Range(JANUARY, date(2026, 1, 5)),
        Range(date(2026, 1, 5), date(2026, 1, 12)),
        Range(date(2026, 1, 12), date(2026, 1, 13)),
    ]


@pytest.mark.parametrize("step", list(Step))
def test_periods_cover_the_range_without_gap_or_overlap(step: Step) -> None:
    asked = Range(JANUARY, date(2027, 3, 3))
    found = periods_of(asked, step)
    assert found[0].first == asked.first
    assert found[-1].end == asked.end
    assert all(one.end == following.first for one, following in pairwise(found))


def test_months_and_quarters_follow_the_calendar() -> None:
    asked = Range(date(2026, 1, 31), date(2026, 8, 2))
    starts = [period.first.isoformat() for period in periods_of(asked, Step.MONTH)]
    assert starts[:3] == ["2026-01-31", "2026-02-01", "2026-03-01"]
    starts = [period.first.isoformat() for period in periods_of(asked, Step.QUARTER)]
    assert starts == ["2026-01-31", "2026-04-01", "2026-07-01"]


def test_whole_months_are_compared_with_as_many_months_and_days_with_days() -> None:
    assert Range(date(2026, 3, 1), date(2026, 4, 1)).previous.first == date(2026, 2, 1)
    assert Range(date(2026, 3, 2), date(2026, 3, 9)).previous.first == date(2026, 2, 23)


def test_shards_are_summed_and_the_end_of_the_range_is_outside() -> None:
    table = FakeTable()
    table.write(Put({**tally_keys.shards("s").as_item(), "open": 256}))
    for day, shard, change in (
        ("2025-12-31", 255, {"c1": 1, "n": 1}),
        ("2026-01-01", 0, {"c9": 2, "n": 2}),
        ("2026-01-01", 70, {"c9": -1, "c0": 1}),
        ("2026-01-02", 255, {"c5": 1, "n": 1}),
        ("2026-02-01", 255, {"c2": 1, "n": 1}),
    ):
        for write in tally_writes("s", {("all", day): change}, shard):
            table.write(write)
    store = TallyStore(table)
    first_day = store.days("s", JANUARY, date(2026, 1, 2))
    assert first_day == {JANUARY: {"c9": 1, "c0": 1, "n": 2}}
    assert store.months("s", "all", JANUARY, date(2026, 2, 1)) == {
        "": {JANUARY: {"c9": 1, "c0": 1, "c5": 1, "n": 3}}
    }


@pytest.mark.parametrize("step", list(Step))
def test_the_whole_is_the_sum_of_its_periods_whatever_they_are(step: Step) -> None:
    days = [JANUARY + timedelta(days=3 * number) for number in range(200)]
    store = tallies(*(("all", day.isoformat(), {"c10": 1, "n": 1}) for day in days))
    asked = Range(date(2026, 1, 5), date(2027, 2, 3))
    found = report(store, asked, step=step)
    expected = sum(day in asked for day in days)
    assert found["responses"] == sum(one["responses"] for one in found["periods"]) == expected


def test_months_are_read_from_their_roll_ups_and_days_only_at_the_edges() -> None:
    store = tallies(("all", "2026-05-05", nps_counts(1, 1, 1)))
    queried: list[str] = []
    store._table.before = queried.append  # type: ignore[attr-defined]
    store.over("s", YEAR, Step.MONTH)
    shards = ["get"]
    assert queried == [*shards, "query"]
    store.over("s", Range(date(2025, 12, 3), date(2027, 1, 5)), Step.QUARTER)
    assert queried == [*shards, *["query"] * 3]  # one part is known


def test_a_known_change_is_found_and_has_its_interval() -> None:
    store = tallies(
        ("all", "2026-05-05", nps_counts(25, 25, 50)), ("all", "2026-06-05", nps_counts(5, 15, 80))
    )
    change = report(store, Range(date(2026, 6, 1), date(2026, 7, 1)))["change"]
    assert (change["from"], change["to"]) == ("2026-05-01", "2026-06-01")
    assert (change["difference"], change["finding"]) == (50.0, "rise")
    assert change["low"] < change["adjusted"] < change["high"]
    assert change["p"] < 0.001


def test_nothing_is_said_of_a_change_among_fewer_than_twenty() -> None:
    store = tallies(
        ("all", "2026-05-05", nps_counts(19, 0, 0)), ("all", "2026-06-05", nps_counts(0, 0, 50))
    )
    change = report(store, Range(date(2026, 6, 1), date(2026, 7, 1)))["change"]
    assert (change["finding"], change["p"], change["low"]) == ("too_few", None, None)
    assert (change["responses"], change["difference"]) == (19, 200.0)


def test_chance_is_no_change() -> None:
    store = tallies(
        ("all", "2026-05-05", nps_counts(5, 5, 10)), ("all", "2026-06-05", nps_counts(4, 6, 12))
    )
    found = report(store, Range(date(2026, 6, 1), date(2026, 7, 1)))
    assert found["change"]["finding"] == "no_clear_change"


def a_year(first: str, rising: int = 0) -> TallyStore:
    """Six hundred answers a month for thirteen months, of which ever more are promoters."""
    start = date.fromisoformat(first)
    days = [start, *(month_after(start, number) for number in range(1, 13))]
    return tallies(
        *(
            ("all", day.isoformat(), nps_counts(200, 200 - number * rising, 200 + number * rising))
            for number, day in enumerate(days)
        )
    )


def test_there_is_no_trend_before_a_year_of_answers_and_wins_instead() -> None:
    store = a_year("2026-01-15")
    young = report(store, YEAR, today=date(2027, 1, 14))
    assert (young["trend"], young["trend_from"]) == (None, "2027-01-15")
    assert young["wins"] == {"praise": 0, "loops_closed": 0, "causes_fixed": 0}
    grown = report(store, YEAR, today=date(2027, 1, 15))
    assert grown["trend"]["direction"] == "no_clear_trend"
    assert grown["trend"]["months"] == 12


def test_a_range_that_ended_before_a_year_of_answers_has_no_trend() -> None:
    store = a_year("2026-01-01")
    assert report(store, Range(JANUARY, date(2026, 7, 1)), today=TODAY)["trend"] is None
    later = report(store, Range(JANUARY, date(2027, 6, 1)), today=TODAY)["trend"]
    assert (later["to"], later["months"]) == ("2027-01-01", 12), "no month that is not over"


def test_nothing_is_held_where_nothing_was_counted() -> None:
    empty = report(tallies(), Range(JANUARY, date(2026, 3, 1)))
    assert [empty["held"], *(one["held"] for one in empty["periods"])] == [0, 0, 0]
    assert report(tallies(), segment="group=A")["held"] is None


def test_of_one_segment_nobody_knows_the_loops_closed() -> None:
    praised = ("group=A", "2026-01-05", {"c10": 1, "n": 1, "praise": 1})
    store = tallies(praised, ("~loop", "2026-01-06", {"closed": 3, "fixed": 2}))
    known = {"praise": 1, "loops_closed": None, "causes_fixed": None}
    assert report(store, segment="group=A")["wins"] == known
    assert report(store)["wins"]["loops_closed"] == 3


def test_a_year_that_rises_has_a_trend_upwards() -> None:
    trend = report(a_year("2026-01-01", rising=10), YEAR)["trend"]
    assert trend["direction"] == "up"
    assert 0 < trend["low"] < trend["per_month"] < trend["high"]
    # Ten more promoters of six hundred a month is 1.67 points; the pseudo answers take a little.
    assert trend["per_month"] == pytest.approx(100 / 60, rel=0.02)


def split_by_role(*cells: tuple[str, str, Mapping[str, int]]) -> list[dict[str, Any]]:
    store = tallies(*cells)
    asked = ScoreRange("s", "nps", YEAR, Step.MONTH, TODAY, against=YEAR.previous)
    return split(asked, "role", store)


def test_managers_stand_beside_team_members_with_both_counts() -> None:
    managers, members = nps_counts(30, 10, 10), nps_counts(10, 30, 60)
    whole = {name: managers.get(name, 0) + members.get(name, 0) for name in managers | members}
    rows = split_by_role(
        ("all", "2026-05-05", whole),
        ("role=team member", "2026-05-05", members),
        ("role=manager", "2026-05-05", managers),
    )
    assert [(row["value"], row["responses"]) for row in rows] == [
        ("manager", 50),
        ("team member", 100),
    ]
    manager = rows[0]["gap"]
    assert (manager["responses"], manager["finding"]) == (100, "fall")
    assert manager["difference"] == pytest.approx(-40 - 50)


def test_segments_come_in_the_order_of_their_names_whatever_their_scores() -> None:
    rows = split_by_role(
        ("role=a", "2026-05-05", nps_counts(9, 0, 0)),
        ("role=c", "2026-05-05", nps_counts(5, 0, 5)),
        ("role=b", "2026-05-05", nps_counts(0, 0, 9)),
    )
    assert [row["value"] for row in rows] == ["a", "b", "c"]


def test_of_many_segments_one_that_differs_by_chance_alone_is_not_named() -> None:
    odd, usual = nps_counts(2, 6, 22), nps_counts(10, 10, 10)
    cells = [(f"role={n:02}", "2026-05-05", usual if n else odd) for n in range(20)]
    whole: dict[str, int] = {}
    for _, _, counts in cells:
        whole = {name: whole.get(name, 0) + counts.get(name, 0) for name in whole | counts}
    alone = split_by_role(("all", "2026-05-05", whole), *cells[:1])[0]["gap"]
    among = split_by_role(("all", "2026-05-05", whole), *cells)[0]["gap"]
    assert alone["p"] == among["p"] == alone["p_adjusted"]
    assert among["p_adjusted"] == pytest.approx(min(1.0, 20 * among["p"]))


def test_too_many_values_are_refused_and_not_cut_off() -> None:
    cells = [(f"role={n}", "2026-05-05", {"n": 1, "c9": 1}) for n in range(MOST_VALUES + 1)]
    with pytest.raises(Invalid):
        split_by_role(*cells)


def test_a_segment_over_days_is_the_same_as_over_months() -> None:
    cells = [
        ("role=a", f"2026-0{month}-0{day}", nps_counts(1, 1, 1))
        for month in (3, 4, 5)
        for day in (2, 9)
    ]
    store = tallies(*cells)
    ragged = ScoreRange("s", "nps", Range(date(2026, 3, 5), date(2026, 5, 5)), Step.WEEK, TODAY)
    assert split(ragged, "role", store)[0]["responses"] == 4 * 3
    assert store.over("s", ragged.range, Step.MONTH, "role=a") == store.days(
        "s", ragged.range.first, ragged.range.end, "role=a"
    )


def test_a_value_is_read_by_day_only_in_the_months_that_know_it() -> None:
    table, queries = FakeTable(), []
    for segment, day in (("all", "2026-03-20"), ("g=A", "2026-03-20"), ("g=B", "2026-04-02")):
        for write in tally_writes("s", {(segment, day): {"c9": 5, "n": 5}}, 0):
            table.write(write)
    table.before = queries.append
    days = Range(date(2026, 3, 15), date(2026, 5, 10))
    rows = split(ScoreRange("s", "nps", days, Step.MONTH, TODAY), "g", TallyStore(table))
    assert [(row["value"], row["responses"]) for row in rows] == [("A", 5), ("B", 5)]
    shards, whole, values, edge_of_a = 1, 3, 1, 1
    assert len(queries) == shards + whole + values + edge_of_a
