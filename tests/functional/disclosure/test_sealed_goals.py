"""Insights, goals and benchmarks of a sealed survey."""

from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.sealed import PATH, Sealed, several


@pytest.fixture
def sealed(heed: Heed, clock: Any) -> Sealed:
    made = Sealed(heed, clock)
    made.ask(60)
    return made


def rules(sealed: Sealed) -> dict[str, Any]:
    """As they are told when the month is over."""
    sealed.clock.move_to("2026-12-08T07:00:00Z")
    return {item["rule"]: item["numbers"] for item in sealed.told("insights")["items"]}


def test_insights_tell_of_answers_and_of_nobody_who_was_asked(sealed: Sealed) -> None:
    sealed.publish([*several(30, "site=Oslo", scores=(3, 2)), *several(30, "site=Osaka")])
    found = rules(sealed)
    assert set(found) <= {"wins", "score_change", "nothing_clear"}
    assert found["wins"]["praise"] == 15
    sealed.publish(several(5))
    assert "asked" not in str(sealed.told("insights"))


def test_insights_tell_no_praise_of_few(sealed: Sealed) -> None:
    sealed.publish(several(19))
    assert "wins" not in rules(sealed)


def test_insights_do_not_tell_the_number_of_answers_in_one_band(sealed: Sealed) -> None:
    sealed.publish(several(12, scores=(9,)))
    assert rules(sealed) == {"nothing_clear": {"responses": 12, "compared": 0}}


def test_a_goal_is_measured_by_what_may_be_shown(sealed: Sealed) -> None:
    goal = {"metric": "score", "target": 40, "by": "2027-06-30"}
    sealed.publish(several(12, scores=(9,)))
    now = sealed.heed.call("POST", f"{PATH}/goals", goal).json_body["now"]
    assert (now["responses"], now["value"], now["asked"]) == (12, None, 60)
    sealed.publish(several(8))
    (shown,) = sealed.told("goals")["items"]
    assert (shown["now"]["responses"], shown["now"]["value"]) == (20, 60.0)


def test_a_benchmark_shows_what_may_be_shown(sealed: Sealed) -> None:
    sealed.publish(several(12, scores=(9,)))
    (row,) = sealed.heed.call("GET", "/v1/benchmarks").json_body["internal"]
    assert (row["now"]["responses"], row["now"]["score"]) == (12, None)
    assert (row["asked"], row["answered"]) == (60, 12)
    sealed.publish(several(8))
    (row,) = sealed.heed.call("GET", "/v1/benchmarks").json_body["internal"]
    assert (row["now"]["responses"], row["now"]["score"]) == (20, 60.0)
