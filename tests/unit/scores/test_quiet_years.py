"""What insights tell of years in which nothing happens; `make bench` makes more of them."""

from collections import Counter
from random import Random

import pytest

from chalicelib.periods import Range
from chalicelib.scores.insights.budget import OF_A_YEAR, budget_of
from tests.support.chance import Weights
from tests.support.facts import DAYS
from tests.support.quiet_years import Month, months, quiet_years, told

SEED = 14
FORTY: Weights = [20, *[0] * 6, 20, 0, 0, 60]
LOW: Weights = [40, *[0] * 6, 20, 0, 0, 40]
TEN: Weights = [35, *[0] * 6, 20, 0, 0, 45]


def test_years_in_which_nothing_happens_are_seldom_told_anything() -> None:
    of_months, of_years = quiet_years(30, 90, SEED)
    assert of_months <= 0.06
    assert of_years <= 0.1


def test_twelve_months_and_four_quarters_spend_what_a_year_may() -> None:
    quarter = Range(DAYS.first.replace(month=7), DAYS.first)
    assert 12 * budget_of(DAYS) == pytest.approx(OF_A_YEAR)
    assert 4 * budget_of(quarter) == pytest.approx(OF_A_YEAR)


def fallen(month: int, role: str) -> Weights:
    """From 40 to 10 in the middle of the year."""
    return TEN if month >= 9 else FORTY


def apart(month: int, role: str) -> Weights:
    return LOW if role == "manager" else FORTY


def test_a_fall_is_told_within_three_months() -> None:
    random, found = Random(SEED), 0
    for _ in range(40):
        year = list(told(months(random, 150, fallen)))
        found += any("score_change" in month for month in year[6:9])
    assert found >= 30


def test_a_segment_that_is_forty_points_lower_is_told() -> None:
    random = Random(SEED)
    found = [list(told(months(random, 240, apart))) for _ in range(3)]
    assert all("segment_gap" in month for year in found for month in year[3:])


def turned_bad(made: list[Month]) -> list[Month]:
    """From the middle of the year fewer answer, and the Wi-Fi is the cause more often."""
    for month in made[9:]:
        asked = month["all"]["asked"]
        month["all"].update(answered_in_7d=asked * 27 // 100 - month["all"]["answered_in_7d"])
        month["loop"] = Counter({"closed": 40, "cause|Wi-Fi": 24, "cause|Door": 16})
    return made


def test_a_rate_that_falls_and_a_cause_that_rises_are_told_at_once() -> None:
    random = Random(SEED)
    found = [list(told(turned_bad(months(random, 150)))) for _ in range(20)]
    first = [year[6] for year in found]
    assert sum("response_rate_change" in month for month in first) >= 16
    assert sum("cause_rising" in month for month in first) >= 16
    assert not any({"cause_rising", "response_rate_change"} & year[2] for year in found)
