"""Numbers are shown with the places that their interval supports, and say so in a sentence."""

import json
from typing import Any

import pytest

from chalicelib.scores.compare import compared
from chalicelib.scores.metric import by_point
from chalicelib.scores.rounding import holds_its_score, places_within, read_out, read_out_change
from chalicelib.scores.sealed import sealed_summary
from chalicelib.scores.summary import summary
from chalicelib.surveys.scale import Scale, points_of

SIXTY_SIX = {"c0": 20, "c7": 17, "c10": 29}


def shown(counts: dict[str, int], scale: str = Scale.NPS, finding: str | None = None) -> Any:
    part: Any = summary(counts, scale)
    read_out(part, {"finding": finding} if finding else None)
    return part


@pytest.mark.parametrize(
    ("low", "high", "places"),
    [(-9, 36, 0), (10, 18, 0), (10, 17.9, 1), (41.2, 42.1, 1), (5.1, 5.89, 2), (3, 3, 4)],
)
def test_a_narrow_interval_supports_more_places(low: float, high: float, places: int) -> None:
    assert places_within(low, high) == places


def test_the_score_is_said_in_a_sentence() -> None:
    part = shown(SIXTY_SIX, finding="no_clear_change")
    assert part["says"] == "14 of 100, 66 answers, between -7 and 33: no clear change"
    assert (part["score"], part["nps"]) == (14.0, 14.0)
    assert (part["score_interval"]["low"], part["nps_interval"]["high"]) == (-7.0, 33.0)
    assert part["raw"]["score"] == pytest.approx(100 * 9 / 66)


@pytest.mark.parametrize(
    ("finding", "ending"),
    [(None, "33"), ("rise", ": a rise"), ("too_few", ": too few answers to tell a change")],
)
def test_the_sentence_says_no_more_than_was_found(finding: str | None, ending: str) -> None:
    assert shown(SIXTY_SIX, finding=finding)["says"].endswith(ending)


def test_a_handful_of_answers_tells_nothing() -> None:
    assert shown({"c9": 1}, finding="rise")["says"].endswith(": too few to tell")
    assert shown({"c9": 1, "c0": 1})["says"].startswith("0 of 100, 2 answers, between ")
    assert shown({})["says"] == "no answers"


@pytest.mark.parametrize(
    ("point", "says"),
    [(9, "100 of 100, 1 answer"), (0, "-100 of 100, 1 answer"), (7, ", between -60 and 60")],
)
def test_an_interval_that_does_not_hold_its_own_score_is_not_said(point: int, says: str) -> None:
    assert shown({f"c{point}": 1})["says"].removesuffix(": too few to tell").endswith(says)


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("answers", [1, 2, 3, 9])
def test_every_other_interval_holds_its_own_score(scale: Scale, answers: int) -> None:
    for point in points_of(scale):
        is_far = scale is Scale.NPS and answers == 1 and not 7 <= point <= 8
        part = shown({f"c{point}": answers}, scale)
        assert holds_its_score(part) == (", between " in part["says"]) == (not is_far)


def test_a_mean_keeps_the_places_it_needs() -> None:
    part = shown({"c5": 40, "c6": 40, "c7": 20}, Scale.CES)
    assert part["says"].startswith("5.80 of 7, 100 answers, between 5.5")
    assert part["sd"] == round(part["raw"]["sd"], 2)


def test_what_is_shown_is_near_what_was_computed() -> None:
    for n in (5, 60, 700, 8_000, 90_000):
        part = shown({"c0": n // 3, "c7": n // 5, "c10": n})
        width = part["raw"]["high"] - part["raw"]["low"]
        assert abs(part["score"] - part["raw"]["score"]) <= width / 16


def test_a_comparison_is_rounded_by_its_own_interval() -> None:
    before, after = by_point(SIXTY_SIX, Scale.NPS), by_point({"c0": 10, "c10": 90}, Scale.NPS)
    part: Any = compared(before, after, Scale.NPS)
    read_out_change(part)
    assert (part["score"], part["difference"], part["finding"]) == (14.0, 66.0, "rise")
    assert part["raw"]["difference"] == pytest.approx(80 - 100 * 9 / 66)
    assert part["low"] == round(part["raw"]["low"])


@pytest.mark.parametrize("counts", [{"c0": 2, "c10": 2}, {"c10": 12}])
def test_what_is_hidden_is_in_no_sentence_and_not_raw(counts: dict[str, int]) -> None:
    part: Any = sealed_summary(counts, Scale.NPS, 5)
    read_out(part)
    assert (part["score"], part["raw"]) == (None, None)
    assert part["says"].startswith("not shown: ")
    assert not any(digit in json.dumps(part["says"]) for digit in "0123456789")
