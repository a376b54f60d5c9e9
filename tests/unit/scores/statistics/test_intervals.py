import json
from dataclasses import astuple
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.scores.statistics.intervals import (
    Interval,
    Reading,
    mean_of,
    nps,
    nps_error,
    nps_interval,
    reading,
    wilson,
)
from chalicelib.scores.summary import summary

KEPT = Path(__file__).parents[3] / "data"
VECTORS = json.loads((KEPT / "statistics_vectors.json").read_text())
REFERENCE = json.loads((KEPT / "statistics/reference.json").read_text())
EFFORT = (1.0, 7.0)
counts = st.integers(0, 60)
any_count = st.one_of(counts, st.just(10**7))


@pytest.mark.parametrize("vector", VECTORS["nps"], ids=lambda vector: vector["name"])
def test_every_vector_gives_its_score_and_interval(vector: dict[str, Any]) -> None:
    tally = {f"c{point}": count for point, count in enumerate(vector["counts"])}
    found = summary(tally)
    assert found["responses"] == vector["n"]
    assert [found["bands"][band]["count"] for band in ("detractors", "passives", "promoters")] == [
        vector["detractors"],
        vector["passives"],
        vector["promoters"],
    ]
    assert found["nps"] == pytest.approx(vector["nps"], abs=1e-9)
    if vector["ci95"] is None:
        assert found["nps_interval"] is None
    else:
        between = [found["nps_interval"]["low"], found["nps_interval"]["high"]]
        assert between == pytest.approx(vector["ci95"], abs=1e-6)


def test_every_small_interval_holds_its_score_and_mirrors() -> None:
    for low, middle, high in product(range(61), repeat=3):
        if 2 <= low + middle + high <= 60:
            score, between = nps(low, middle, high), nps_interval(low, middle, high)
            assert score is not None
            assert between is not None
            assert between.low <= score <= between.high
            assert nps_interval(high, middle, low) == Interval(-between.high, -between.low)


def test_more_answers_of_the_same_mix_narrow_the_interval() -> None:
    for low, middle, high in product(range(13), repeat=3):
        widths = [
            between.high - between.low
            for times in (1, 2, 10, 1000)
            if (between := nps_interval(low * times, middle * times, high * times))
        ]
        assert widths == sorted(set(widths), reverse=True), (low, middle, high)


@given(any_count, any_count, any_count)
def test_any_score_has_a_finite_interval_and_an_error_to_weigh_by(
    low: int, middle: int, high: int
) -> None:
    between, found = nps_interval(low, middle, high), nps_error(low, middle, high)
    if between is None or found is None:
        assert low + middle + high == 0
        return
    assert -100 <= between.low < between.high <= 100
    assert found.error > 0
    assert -100 < found.centre < 100


@pytest.mark.parametrize("vector", VECTORS["wilson"], ids=lambda v: f"{v['k']} of {v['n']}")
def test_every_vector_gives_the_interval_of_its_share(vector: dict[str, Any]) -> None:
    found = wilson(vector["k"], vector["n"])
    assert found is not None
    assert astuple(found) == pytest.approx(vector["rate_lo_hi"][1:], abs=1e-6)


@pytest.mark.parametrize("row", REFERENCE["wilson"]["rows"], ids=str)
def test_the_interval_of_a_share_is_that_of_the_table(row: list[Any]) -> None:
    found = wilson(*row[:2])
    assert found is not None
    assert astuple(found) == pytest.approx(row[2:], abs=1e-12)


@given(st.one_of(st.integers(1, 60), st.just(10**7)))
def test_none_and_all_reach_the_very_ends_of_the_scale(trials: int) -> None:
    none, every = wilson(0, trials), wilson(trials, trials)
    assert none is not None
    assert every is not None
    assert none.low == 0.0 < none.high < 1
    assert every.high == 1.0 > every.low > 0


@pytest.mark.parametrize("vector", VECTORS["csat_top2_of_5"], ids=lambda v: str(v["top2"][0]))
def test_satisfaction_is_the_share_of_the_top_two(vector: dict[str, Any]) -> None:
    answers = vector["counts_1_to_5"]
    found = wilson(sum(answers[3:]), sum(answers))
    assert found is not None
    assert [100 * found.low, 100 * found.high] == pytest.approx(vector["top2"][1:], abs=1e-4)


@pytest.mark.parametrize("vector", VECTORS["ces_1_to_7"], ids=lambda v: str(v["counts_1_to_7"]))
def test_effort_is_a_mean_with_its_spread(vector: dict[str, Any]) -> None:
    found = mean_of(dict(enumerate(vector["counts_1_to_7"], 1)), EFFORT)
    assert found is not None
    assert [found.value, found.sd] == pytest.approx(vector["mean_sd_lo_hi"][:2], abs=6e-5)


@pytest.mark.parametrize("row", REFERENCE["mean"]["rows"], ids=str)
def test_the_mean_is_that_of_the_table(row: list[Any]) -> None:
    found = mean_of(dict(enumerate(row[0], 1)), EFFORT)
    assert found is not None
    assert [found.value, found.sd, *astuple(found.interval)] == pytest.approx(row[1:], abs=1e-9)


def test_one_answer_has_a_mean_and_no_spread() -> None:
    found = mean_of({4: 0, 6: 1}, EFFORT)
    assert found is not None
    assert (found.value, found.sd) == (6, None)


@pytest.mark.parametrize("answers", [1, 10, 100, 10**7])
def test_the_mean_of_all_who_agree_has_an_interval(answers: int) -> None:
    found = mean_of({7: answers}, EFFORT)
    assert found is not None
    assert found.interval.low < found.value == found.interval.high == 7


@given(st.dictionaries(st.integers(1, 7), any_count, min_size=1))
def test_any_mean_is_within_its_interval_on_the_scale(by_point: dict[int, int]) -> None:
    found = mean_of(by_point, EFFORT)
    if found is None:
        assert not sum(by_point.values())
        return
    assert 1 <= found.interval.low <= found.value <= found.interval.high <= 7
    assert found.interval.low < found.interval.high


def test_the_reading_says_how_far_to_trust() -> None:
    found = [reading(answers) for answers in (0, 9, 10, 29, 30, 1000)]
    assert found == [
        Reading.TOO_FEW,
        Reading.TOO_FEW,
        Reading.EARLY,
        Reading.EARLY,
        Reading.STEADY,
        Reading.STEADY,
    ]


def test_silence_is_counted_and_in_no_score() -> None:
    found = summary({"asked": 10, "answered": 4, "c9": 3, "c0": 1, "n": 4, "nc": 1})
    assert (found["asked"], found["answered"], found["silent"]) == (10, 4, 6)
    assert found["response_rate"] == 0.4
    assert found["nps"] == 50.0
    assert found["comments"] == 1


def test_nobody_asked_and_nobody_answered_is_null_and_never_zero() -> None:
    found = summary({})
    assert found["nps"] is found["nps_interval"] is found["response_rate"] is None
    assert (
        nps_error(0, 0, 0) is wilson(0, 0) is mean_of({}, EFFORT) is mean_of({5: 0}, EFFORT) is None
    )
    assert found["bands"]["promoters"] == {"count": 0, "share": None}
