from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.periods import Range
from chalicelib.scores.goals.goal import (
    Goal,
    Metric,
    measured,
    needed,
    span_of,
    status_of,
)
from chalicelib.scores.goals.sentences import says
from chalicelib.scores.goals.show_goals import show_goal
from chalicelib.scores.history import Baseline, baseline_of, baseline_range

TODAY = date(2026, 11, 20)
LATER = date(2027, 3, 31)


def nps_counts(detractors: int, passives: int, promoters: int) -> dict[str, int]:
    answers = detractors + passives + promoters
    return {"c2": detractors, "c8": passives, "c10": promoters, "n": answers}


def goal(target: float, metric: Metric = Metric.SCORE, by: date = LATER) -> Goal:
    return Goal("g", "s", metric, target, by, datetime(2026, 11, 1, tzinfo=UTC))


def status(target: float, counts: dict[str, int], metric: Metric = Metric.SCORE) -> str:
    return status_of(target, measured(metric, counts, "nps")).value


# Of V11 of the vectors: NPS 25, 8.30 to 40.24, from a hundred answers.
@pytest.mark.parametrize(
    ("target", "expected"),
    [(8.3, "reached"), (8.31, "on_course"), (25.0, "on_course"), (25.01, "behind")],
)
def test_a_goal_is_reached_only_when_the_low_end_is(target: float, expected: str) -> None:
    assert status(target, nps_counts(25, 25, 50)) == expected


def test_nothing_is_said_below_ten_answers() -> None:
    assert status(-50, nps_counts(0, 0, 9)) == "too_few"
    assert status(-50, nps_counts(0, 0, 10)) == "reached"
    assert status(-50, {}) == "too_few"
    assert needed(50, measured(Metric.SCORE, nps_counts(9, 0, 0), "nps")) is None


@pytest.mark.parametrize(
    ("answered", "asked", "expected"),
    [(12, 29, "too_few"), (12, 30, "reached"), (11, 30, "behind"), (0, 0, "too_few")],
)
def test_a_response_rate_is_a_count_and_decides_by_itself(
    answered: int, asked: int, expected: str
) -> None:
    counts = {"asked": asked, "answered": answered}
    assert status(0.4, counts, Metric.RESPONSE_RATE) == expected


def test_what_is_needed_is_the_way_to_the_target_and_nothing_beyond_it() -> None:
    found = measured(Metric.SCORE, nps_counts(25, 25, 50), "nps")
    assert (needed(40, found), needed(20, found)) == (15.0, 0.0)


def test_other_scales_are_judged_in_their_own_points() -> None:
    csat = {"c4": 85, "c1": 15, "n": 100}  # 85 %, Wilson 76.7 to 90.7
    assert status_of(76.0, measured(Metric.SCORE, csat, "csat")).value == "reached"
    assert status_of(77.0, measured(Metric.SCORE, csat, "csat")).value == "on_course"
    ces = {"c1": 1, "c3": 2, "c4": 4, "c5": 9, "c6": 20, "c7": 14, "n": 50}  # 5.72, from 5.21
    assert status_of(5.2, measured(Metric.SCORE, ces, "ces")).value == "reached"
    assert status_of(5.3, measured(Metric.SCORE, ces, "ces")).value == "on_course"


def test_the_days_that_count_stop_at_the_goal_s_own() -> None:
    assert span_of(goal(1), TODAY) == Range(date(2026, 8, 23), date(2026, 11, 21))
    past = span_of(goal(1, by=date(2026, 9, 30)), TODAY)
    assert (past.end, (past.end - past.first).days) == (date(2026, 10, 1), 90)


def test_a_baseline_of_a_handful_is_shown_without_a_value() -> None:
    few = Baseline(Range(date(2026, 1, 1), date(2026, 4, 1)), nps_counts(0, 0, 9))
    shown = show_goal(goal(50), nps_counts(1, 1, 8), few, "nps", TODAY)["baseline"]
    assert (shown["responses"], shown["value"]) == (9, None)
    assert show_goal(goal(50), {}, None, "nps", TODAY)["baseline"] is None


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({}, None),
        ({1: 99}, 4),
        ({1: 100}, 2),
        ({1: 40, 2: 59, 3: 1}, 4),
        ({1: 40, 2: 60}, 3),
        ({1: 5, 7: 500}, 4),
    ],
)
def test_a_baseline_ends_with_the_month_that_has_a_hundred_or_with_the_third(
    months: dict[int, int], expected: int | None
) -> None:
    known: dict[date, dict[str, int]] = {date(2026, m, 1): {"n": n} for m, n in months.items()}
    found = baseline_range(known)
    assert (found.end.month if found else None) == expected
    if found:
        assert baseline_of(known, found.end)
        assert baseline_of(known, date(2026, found.end.month - 1, 28)) is None


@pytest.mark.parametrize(
    ("asked", "counts", "expected"),
    [
        (
            {"target": 50},
            nps_counts(25, 25, 50),
            "Behind: 25 points (95 %: 8 to 40), 100 answers; 25.0 points to go."
            " The goal is 50 points by 2027-03-31.",
        ),
        (
            {"target": 8},
            nps_counts(25, 25, 50),
            "Reached: 25 points (95 %: 8 to 40), 100 answers. The goal is 8 points by 2027-03-31.",
        ),
        (
            {"target": 24.5},
            nps_counts(25, 25, 50),
            "On course: 25 points (95 %: 8 to 40), 100 answers; the low end is still below the"
            " goal. The goal is 24.5 points by 2027-03-31.",
        ),
        (
            {"target": 50, "by": date(2026, 11, 1)},
            nps_counts(0, 0, 1),
            "1 answer in these 90 days, too few to say: at least 10."
            " The goal is 50 points by 2026-11-01, which is over.",
        ),
        (
            {"target": 0.4001, "metric": Metric.RESPONSE_RATE},
            {"asked": 100, "answered": 40},
            "Behind: 40.0 %, 40 of 100 asked have answered so far; less than 0.1 percentage points"
            " to go. The goal is 40 % by 2027-03-31.",
        ),
    ],
)
def test_where_a_goal_stands_is_told_in_a_sentence(
    asked: Any, counts: dict[str, int], expected: str
) -> None:
    one = goal(**asked)
    assert says(one, measured(one.metric, counts, "nps"), "nps", TODAY) == expected
