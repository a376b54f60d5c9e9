"""Goals as a manager's program sets and reads them."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.periods import month_after
from chalicelib.scores.goals.set_goal import MOST_GOALS
from chalicelib.tally.tally import tally_writes
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.scores import count

GOALS = f"/v1/surveys/{SURVEY.id}/goals"
TODAY = moments.now().date()
BY = (TODAY + timedelta(days=100)).isoformat()
BODY = {"metric": "score", "target": 40, "by": BY}


def on(day: date, **counts: int) -> None:
    for write in tally_writes(SURVEY.id, {("all", day.isoformat()): counts}, 0):
        wiring.table().write(write)


def with_baseline() -> date:
    """NPS 20 from a hundred answers, four months ago."""
    first = month_after(TODAY, -4)
    on(first, c0=30, c8=20, c10=50, n=100, asked=200, answered=100)
    return first


def codes(answer: Any) -> list[tuple[str, str]]:
    assert problem(answer) == (409, "does-not-fit"), answer.json_body
    return [(one["pointer"], one["code"]) for one in answer.json_body["errors"]]


def test_a_goal_is_set_shown_and_deleted(heed: Heed) -> None:
    first = with_baseline()
    count(SURVEY.id, [10] + [0] * 7 + [20, 0, 70])
    made = heed.call("POST", GOALS, BODY)
    assert made.status_code == 201
    goal = made.json_body
    assert (goal["metric"], goal["target"], goal["by"], goal["days_left"]) == ("score", 40, BY, 100)
    assert (goal["baseline"]["from"], goal["baseline"]["value"]) == (first.isoformat(), 20.0)
    assert (goal["now"]["responses"], goal["now"]["value"]) == (100, 60.0)
    assert goal["now"]["interval"]["low"] > 40
    assert (goal["status"], goal["needed"]) == ("reached", 0.0)
    listed = heed.call("GET", GOALS).json_body
    assert listed == {"items": [goal], "next": None}
    assert heed.call("DELETE", made.headers["Location"]).status_code == 204
    assert heed.call("GET", GOALS).json_body["items"] == []
    assert heed.call("DELETE", made.headers["Location"]).status_code == 404


def test_a_goal_is_for_upward_movement_from_the_survey_s_own_baseline(heed: Heed) -> None:
    with_baseline()
    assert codes(heed.call("POST", GOALS, BODY | {"target": 20})) == [
        ("#/target", "target_not_above_baseline")
    ]
    rate = {"metric": "response_rate", "target": 0.5, "by": BY}
    assert codes(heed.call("POST", GOALS, rate)) == [("#/target", "target_not_above_baseline")]
    assert heed.call("POST", GOALS, BODY | {"target": 20.5}).status_code == 201
    assert heed.call("POST", GOALS, rate | {"target": 0.51}).status_code == 201


def test_before_there_is_a_baseline_a_goal_may_be_set_and_says_so(heed: Heed) -> None:
    goal = heed.call("POST", GOALS, BODY | {"target": -100}).json_body
    assert (goal["baseline"], goal["status"], goal["needed"]) == (None, "too_few", None)


def test_the_survey_s_own_metric_may_be_called_by_its_name_and_no_other(heed: Heed) -> None:
    assert heed.call("POST", GOALS, BODY | {"metric": "nps"}).json_body["metric"] == "score"
    found = codes(heed.call("POST", GOALS, BODY | {"metric": "csat"}))
    assert found == [("#/metric", "metric_differs")]


@pytest.mark.parametrize(
    ("scale", "lowest", "highest"),
    [("nps", -100, 100), ("csat", 0, 100), ("ces", 1, 7), ("thumbs", 0, 100)],
)
def test_a_target_is_in_the_units_of_the_metric(
    heed: Heed, scale: str, lowest: int, highest: int
) -> None:
    body = {"name": "S", "question": "How was it?", "audience": "internal", "team": "IT"}
    heed.call("PUT", f"/v1/surveys/{scale}", body | {"scale": scale})
    path = f"/v1/surveys/{scale}/goals"
    for target in (lowest, highest):
        assert heed.call("POST", path, BODY | {"target": target}).status_code == 201
    for target in (lowest - 0.1, highest + 0.1, 10**300):
        found = codes(heed.call("POST", path, BODY | {"target": target}))
        assert found == [("#/target", "target_out_of_range")]
    rate = {"metric": "response_rate", "target": 1.01, "by": BY}
    assert codes(heed.call("POST", path, rate)) == [("#/target", "target_out_of_range")]


@pytest.mark.parametrize(
    "change",
    [
        {"target": "40"},
        {"target": True},
        {"target": None},
        {"target": 10**400},
        {"by": "soon"},
        {"by": 1795000000},
        {"by": "2027-13-01"},
        {"metric": "revenue"},
        {"agent": "Tomas"},
    ],
)
def test_what_is_no_goal_is_refused(heed: Heed, change: dict[str, Any]) -> None:
    assert problem(heed.call("POST", GOALS, BODY | change)) == (422, "validation")
    assert heed.call("GET", GOALS).json_body["items"] == []


@pytest.mark.parametrize("days", [-1, 5 * 366 + 1])
def test_a_goal_ends_between_today_and_five_years_from_now(heed: Heed, days: int) -> None:
    by = (TODAY + timedelta(days=days)).isoformat()
    assert codes(heed.call("POST", GOALS, BODY | {"by": by})) == [("#/by", "day_out_of_range")]


def test_the_same_idempotency_key_is_the_same_goal(heed: Heed) -> None:
    first = heed.call("POST", GOALS, BODY, Idempotency_Key="k").json_body
    assert heed.call("POST", GOALS, BODY, Idempotency_Key="k").json_body == first
    other = heed.call("POST", GOALS, BODY | {"target": 50}, Idempotency_Key="k")
    assert problem(other) == (409, "idempotency-key-reused")
    assert len(heed.call("GET", GOALS).json_body["items"]) == 1


def test_goals_come_in_the_order_of_their_ends_and_there_are_only_so_many(heed: Heed) -> None:
    for days in range(MOST_GOALS, 0, -1):
        by = (TODAY + timedelta(days=days)).isoformat()
        assert heed.call("POST", GOALS, BODY | {"by": by}).status_code == 201
    assert codes(heed.call("POST", GOALS, BODY)) == [("#", "too_many_goals")]
    days_left = [one["days_left"] for one in heed.call("GET", GOALS).json_body["items"]]
    assert days_left == list(range(1, MOST_GOALS + 1))


def test_goals_need_a_survey_and_a_key_for_it(heed: Heed) -> None:
    assert heed.call("GET", "/v1/surveys/none/goals").status_code == 404
    assert heed.call("POST", "/v1/surveys/none/goals", BODY).status_code == 404
    reader = heed.make_key(Scope.SURVEYS_READ)
    assert heed.call("POST", GOALS, BODY, key=reader).status_code == 403
    assert heed.call("DELETE", GOALS + "/x", key=reader).status_code == 403
    assert heed.call("GET", GOALS, key=heed.make_key(Scope.SCORES_READ)).status_code == 403
    assert problem(heed.call("GET", GOALS + "?sort=status")) == (400, "ranking-refused")
    assert problem(heed.call("GET", GOALS + "?limit=5")) == (422, "validation")
