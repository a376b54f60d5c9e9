"""What a new stack says at the first call of each part of the API."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.periods import month_after
from tests.conftest import ROOT, Stack, stack_in
from tests.support.outside import Outside

pytestmark = pytest.mark.slow
DESK, CLIENTS = "it-help-desk", "client-services"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Nobody else answers there, so the story is as it is told."""
    with stack_in(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Outside:
    return Outside(stack)


def shown(outside: Outside, path: str) -> Any:
    answer = outside.api("GET", f"/v1/{path}")
    assert answer.status == 200, answer.text
    return answer.json


def months(first: int, end: int) -> str:
    """Between the beginnings of these months; 0 is this one."""
    this = moments.now().date().replace(day=1)
    span = (month_after(this, -first), month_after(this, -end))
    return f"from={span[0].isoformat()}&to={span[1].isoformat()}"


def rules(outside: Outside, survey: str) -> set[str]:
    return {insight["rule"] for insight in shown(outside, f"surveys/{survey}/insights")["items"]}


@pytest.mark.parametrize(
    ("by", "value", "finding"), [("service", "Network", "fall"), ("role", "manager", "rise")]
)
def test_a_part_of_the_people_differs_from_the_rest(
    outside: Outside, by: str, value: str, finding: str
) -> None:
    scores = shown(outside, f"surveys/{DESK}/scores?by={by}&{months(4, 0)}")
    gaps = {row["value"]: row["gap"]["finding"] for row in scores["segments"]}
    assert gaps[value] == finding


def test_a_first_year_shows_wins_and_a_change_to_whoever_asks(outside: Outside) -> None:
    first = shown(outside, f"surveys/{DESK}/scores")
    assert first["change"] is None
    assert first["wins"]["praise"] > 50
    path = f"surveys/{DESK}/scores?{months(2, 0)}&compare=previous"
    assert shown(outside, path)["change"]["finding"] == "rise"


def test_insights_tell_the_story(outside: Outside) -> None:
    of_desk = {"wins", "segment_gap", "score_change", "cause_rising"}
    assert rules(outside, DESK) >= {*of_desk, "held_waiting"}
    assert rules(outside, CLIENTS) >= {"wins", "silent_account", "held_waiting"}


def test_causes_and_tasks_say_what_there_is_to_do(outside: Outside) -> None:
    for survey in (DESK, CLIENTS):
        causes = shown(outside, f"surveys/{survey}/causes")
        assert causes["opened"] > 0
        assert causes["causes"]
    tasks = shown(outside, "tasks?limit=100")["items"]
    assert {task["overdue"] for task in tasks} == {True, False}
    assert shown(outside, "tasks?state=closed")["items"][0]["cause"]


def test_outcomes_are_compared_with_answers_and_with_silence(outside: Outside) -> None:
    for kind in ("referral", "renewal", "churn"):
        report = shown(outside, f"surveys/{CLIENTS}/outcomes?kind={kind}")
        assert report["comparisons"]["reading"] == "comparable"
        assert not [note for note in report["notes"] if note.startswith(("No ", "Too few"))]


def test_benchmarks_and_goals_stand_beside_a_baseline(outside: Outside) -> None:
    found = shown(outside, "benchmarks")
    for audience, survey in (("internal", DESK), ("external", CLIENTS)):
        row = next(row for row in found[audience] if row["survey"] == survey)
        assert row["baseline"]["reading"] == "steady"
        assert row["change"]["finding"] == "rise"
        goals = shown(outside, f"surveys/{survey}/goals")["items"]
        assert {goal["status"] for goal in goals} <= {"behind", "on_course", "reached"}
        assert goals


def test_accounts_show_who_was_asked_and_who_said_nothing(outside: Outside) -> None:
    accounts = shown(outside, "accounts?limit=50")["items"]
    assert len(accounts) >= 40
    contacts = shown(outside, "accounts/alder-bank/contacts")
    assert contacts["summary"]["contacts"] == len(contacts["items"]) == 5


def test_held_answers_and_themes_are_there_to_read(outside: Outside) -> None:
    assert {"sweep", "robot", "no_input"} <= {
        answer["why"] for answer in outside.responses(DESK, "held")
    }
    for survey in (DESK, CLIENTS):
        themes = shown(outside, f"surveys/{survey}/themes")["themes"]
        assert min(theme["count"] for theme in themes) > 0


def test_counting_the_demo_again_finds_no_difference(stack: Stack) -> None:
    port = stack.endpoint.rpartition(":")[2]
    environment = os.environ | {"HEED_AWS_PORT": port, "HEED_LOCAL_DIR": str(stack.home)}
    command = [sys.executable, "-m", "infra.cli", "recount", "--check"]
    looked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "0 were wrong" in looked.stdout
