import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.score.report import summary
from chalicelib.score.statistics import Reading, nps, nps_interval, reading

VECTORS = json.loads((Path(__file__).parents[1] / "data/statistics_vectors.json").read_text())
counts = st.integers(0, 60)


@pytest.mark.parametrize("vector", VECTORS["nps"], ids=lambda vector: vector["name"])
def test_every_vector_gives_its_score_and_interval(vector: dict[str, Any]) -> None:
    tally = {f"c{point}": count for point, count in enumerate(vector["counts"])}
    found = summary([tally])
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
        assert between == pytest.approx(vector["ci95"], abs=1e-4)


@given(counts, counts, counts)
def test_the_interval_holds_the_score_and_mirrors_it(low: int, middle: int, high: int) -> None:
    score, between = nps(low, middle, high), nps_interval(low, middle, high)
    mirrored = nps_interval(high, middle, low)
    if score is None or between is None or mirrored is None:
        assert low + middle + high == 0
        return
    assert between.low == pytest.approx(-mirrored.high)
    if low + middle + high >= 2:
        assert between.low <= score <= between.high


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
    found = summary([{"asked": 10, "answered": 4, "c9": 3, "c0": 1, "n": 4, "nc": 1}])
    assert (found["asked"], found["answered"], found["silent"]) == (10, 4, 6)
    assert found["response_rate"] == 0.4
    assert found["nps"] == 50.0
    assert found["comments"] == 1


def test_nobody_asked_and_nobody_answered_is_null_and_never_zero() -> None:
    found = summary([])
    assert found["nps"] is found["nps_interval"] is found["response_rate"] is None
    assert found["bands"]["promoters"] == {"count": 0, "share": None}
