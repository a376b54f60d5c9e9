"""The story of the demo is found by the product's own statistics, on whatever day it is told."""

from datetime import UTC, datetime

import pytest

from chalicelib.scores.insights import snapshot as silence
from chalicelib.snapshots import SnapshotStore
from infra.demo.story import DROPS, LAPTOPS, NETWORK
from infra.demo.surveys import CLIENTS, DESK
from tests.support.demo import (
    FIRST_MENDED,
    FIRST_WORSE,
    LAST_MONTH,
    MENDED,
    WORSE,
    Told,
)
from tests.support.recount import contradictions, out_of_place, recounted, tallied

DAYS = (
    datetime(2026, 11, 29, 15, 30, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
)
MORE = (
    datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2027, 3, 1, 6, 0, tzinfo=UTC),
    datetime(2027, 7, 18, 9, 0, tzinfo=UTC),
)


@pytest.fixture(
    scope="module",
    params=[*DAYS, *(pytest.param(day, marks=pytest.mark.slow) for day in MORE)],
    ids=lambda day: f"{day:%Y-%m-%d}",
)
def told(request: pytest.FixtureRequest) -> Told:
    return Told(request.param)


def test_who_needed_the_network_was_worse_off_with_the_vpn(told: Told) -> None:
    (change,) = told.numbers("score_change", months=FIRST_WORSE)
    assert change["difference"] < -25
    network = told.split("service", months=WORSE, compare="previous")[NETWORK]
    assert network["score"] < -60
    assert (network["gap"]["finding"], network["change"]["finding"]) == ("fall", "fall")
    (cause,) = told.numbers("cause_rising", months=FIRST_WORSE)
    assert (cause["cause"], cause["named"] > 20, cause["named_before"]) == (DROPS, True, 0)
    assert cause["p_adjusted"] < 0.001


def test_it_was_mended_and_is_better_than_at_first(told: Told) -> None:
    (change,) = told.numbers("score_change", months=FIRST_MENDED)
    assert change["difference"] > 50
    network = told.split("service", months=MENDED, compare="previous")[NETWORK]
    assert network["change"]["finding"] == "rise"
    assert told.scores(months=FIRST_MENDED)["wins"]["causes_fixed"] >= 5
    for month in (FIRST_MENDED, LAST_MONTH):
        assert DROPS not in [cause["cause"] for cause in told.numbers("cause_rising", months=month)]
    desk, _ = told.benchmarks()
    assert desk["change"]["finding"] == "rise"


def test_the_first_call_says_all_this_and_what_is_left_to_do(told: Told) -> None:
    rules = {insight["rule"] for insight in told.insights()}
    assert rules >= {"wins", "segment_gap", "score_change", "held_waiting", "cause_rising"}
    # Whoever was asked last has a week to answer.
    assert ("response_rate_change" in rules) is (told.now.day > 7)
    (change,), (cause,) = told.numbers("score_change"), told.numbers("cause_rising")
    assert (change["difference"] > 20, change["p_adjusted"] < 1e-4) == (True, True)
    assert (cause["cause"], cause["p_adjusted"] < 1e-4) == (LAPTOPS, True)


def test_managers_are_happier_than_team_members(told: Told) -> None:
    rows = told.split("role", months=MENDED)
    assert rows["manager"]["score"] > rows["team member"]["score"] + 20
    assert rows["manager"]["gap"]["finding"] == "rise"
    gaps = told.numbers("segment_gap")
    assert [gap["p_adjusted"] < 0.005 for gap in gaps if gap["value"] == "manager"] == [True]


def test_what_was_not_planted_is_not_told(told: Told) -> None:
    for by, survey in (("location", DESK), ("region", CLIENTS)):
        rows = told.split(by, survey).values()
        assert {row["gap"]["finding"] for row in rows} <= {"no_clear_change", "too_few"}
        assert len(rows) == 3


def test_outcomes_stand_beside_answers_and_beside_silence(told: Told) -> None:
    better = {"renewal": "promoter", "referral": "promoter", "churn": "detractor"}
    for kind, group in better.items():
        report = told.outcomes(CLIENTS, kind)
        assert report["comparisons"]["reading"] == "comparable"
        rows = {row["group"]: row for row in report["rows"]}
        other = {"promoter": "detractor", "detractor": "promoter"}[group]
        assert rows[group]["rate"] > rows[other]["rate"] + 0.2
        assert min(rows["silent"]["n"], rows["never_asked"]["n"]) > 20
        assert 0 < report["left_out"]["pending"] < 40
        assert report["silent_share"]["of"] >= 20


def test_internal_and_external_stand_side_by_side(told: Told) -> None:
    for row in told.benchmarks():
        assert (row["now"]["reading"], row["baseline"]["reading"]) == ("steady", "steady")
        assert row["change"]["finding"] == "rise"
        assert row["goal"]["says"]
        assert row["non_response"]["silent"] > 50
    desk, clients = told.benchmarks()
    assert (desk["goal"]["status"], clients["goal"]["status"]) == ("behind", "reached")


def test_clients_who_never_say_anything_are_named(told: Told) -> None:
    silent = told.numbers("silent_account", CLIENTS)
    assert len(silent) >= 5
    assert all(account["asked"] >= 4 for account in silent)


def test_every_tally_is_its_recount(told: Told) -> None:
    items = list(told.table.items())
    assert tallied(items) == recounted(items)
    assert contradictions(items) == []
    assert out_of_place(items) == []


def test_nothing_is_ahead_of_the_day_on_which_it_is_told(told: Told) -> None:
    now, later = told.now.isoformat()[:16], {"closes_at", "due_at"}
    for item in told.table.items():
        times = [name for name in item if name.endswith("_at") and name not in later]
        ahead = [name for name in times if isinstance(item[name], str) and item[name] > now]
        assert not ahead or item["SK"] == "SURVEY"
    waiting = [item for item in told.table.items() if "due_shard" in item]
    assert {item["SK"] for item in waiting} == {"TASK"}
    assert min(item["due_at"] for item in waiting)[:16] >= now


def test_what_is_counted_by_night_was_counted(told: Told) -> None:
    kept = SnapshotStore(told.table)
    assert all(kept.get(survey.id, silence.NAME) for survey in (DESK, CLIENTS))
