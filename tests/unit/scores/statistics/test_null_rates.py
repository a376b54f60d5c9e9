"""How often the tests cry wolf, from a fixed seed; `make bench` draws more and all shapes."""

from random import Random

import pytest

from chalicelib.scores.metric import change_of
from tests.support.chance import changed, covered, drawn, gapped, trending

SEED = 14


@pytest.mark.parametrize("shape", ["typical", "skewed", "polarised"])
@pytest.mark.parametrize("answers", [10, 30, 100])
def test_the_interval_of_an_effort_holds_the_true_mean(shape: str, answers: int) -> None:
    assert covered(shape, answers, 150, SEED) >= 0.92


@pytest.mark.parametrize(
    ("scale", "shape"),
    [("ces", "very skewed"), ("csat", "skewed"), ("thumbs", "skewed"), ("nps", "polarised")],
)
def test_a_small_side_beside_a_large_one_is_seldom_a_change(scale: str, shape: str) -> None:
    assert changed(scale, shape, (20, 500), 100, SEED) <= 0.065


@pytest.mark.parametrize(("scale", "shape"), [("csat", "skewed"), ("thumbs", "typical")])
def test_segments_that_answer_alike_seldom_show_a_gap(scale: str, shape: str) -> None:
    assert gapped(scale, shape, (20, 20, 20, 40, 100), 100, SEED) <= 0.065


@pytest.mark.parametrize("volume", ["constant", "growing", "shrinking", "seasonal"])
@pytest.mark.parametrize(("scale", "shape"), [("ces", "very skewed"), ("nps", "skewed")])
def test_no_pattern_of_volume_is_a_trend(scale: str, shape: str, volume: str) -> None:
    assert trending(scale, shape, volume, 8, 60, SEED) <= 0.06


def test_a_change_that_is_there_is_found() -> None:
    random, found = Random(SEED), 0
    for _ in range(50):
        before = drawn("nps", [20, *[0] * 6, 20, 0, 0, 60], 150, random)
        after = drawn("nps", [35, *[0] * 6, 20, 0, 0, 45], 150, random)
        change = change_of(before, after, "nps")
        found += bool(change and change.p < 0.05)
    assert found >= 40
