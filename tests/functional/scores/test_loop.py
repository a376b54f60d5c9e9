"""GET /v1/surveys/{survey}/loop, from the tasks that a team works on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from msgspec.structs import replace

from chalicelib import wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import CLOSED, opened, patch
from tests.support.problems import problem
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.ticks import release_due

PATH = f"/v1/surveys/{SURVEY.id}/loop"
DAYS = "?from=2026-11-01&to=2026-12-01"
FRIDAY = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # 15:30 in Oslo
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # 09:30
DESK = {
    "name": "Desk",
    "calendar": {
        "tz": "Europe/Oslo",
        "hours": {day: ["08:00-16:00"] for day in ("monday", "tuesday", "friday")},
    },
}
OF_DESK = replace(SURVEY, task_team="desk", task_hours=4)


def loop(heed: Heed, query: str = DAYS) -> Any:
    return heed.call("GET", PATH + query).json_body


def weekend(heed: Heed, tasks: int) -> list[str]:
    """Opened on Friday and closed on Monday, but the last, which nobody looks at."""
    heed.call("PUT", "/v1/teams/desk", DESK)
    surveys_wiring.surveys().put(OF_DESK)
    with time_machine.travel(FRIDAY, tick=False):
        made = [opened(f"number {number}") for number in range(tasks)]
    with time_machine.travel(MONDAY, tick=False):
        for task in made[:-1]:
            assert patch(heed, task, {**CLOSED, "fixed": True}).status_code == 200
    return made


def test_hours_are_told_by_the_clock_and_by_the_team_s_calendar(heed: Heed) -> None:
    weekend(heed, 13)
    release_due(wiring.table(), datetime(2026, 11, 25, tzinfo=UTC), lambda response: None)
    told = loop(heed)
    assert told["reading"] == "early"
    assert told["hours_to_close"] == {"clock": 66, "worked": 2}
    assert told["hours_to_touch"] == told["hours_to_close"]
    assert (told["closed_in_time"]["count"], told["closed_in_time"]["of"]) == (12, 13)
    assert told["tasks"] == {
        "opened": 13,
        "improved": 0,
        "touched": 12,
        "closed": 12,
        "overdue": 1,
    }
    assert told["causes"] == [
        {
            "cause": "Wi-Fi",
            "count": 12,
            "fixed": 12,
            "months": [{"month": "2026-11", "count": 12}],
        }
    ]
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_the_wins_of_the_week_are_those_of_the_last_seven_days(heed: Heed) -> None:
    weekend(heed, 3)
    with time_machine.travel(MONDAY + timedelta(days=6), tick=False):
        week = loop(heed)["wins_of_the_week"]
    assert (week["from"], week["to"]) == ("2026-11-23", "2026-11-30")
    assert (week["loops_closed"], week["causes_fixed"], week["praise"]) == (2, 2, 0)
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        assert loop(heed)["wins_of_the_week"]["loops_closed"] == 0


def test_a_survey_without_tasks_has_a_loop_of_nothing(heed: Heed) -> None:
    told = loop(heed, "")
    assert (told["reading"], told["causes"]) == ("too_few", [])
    assert told["closed_in_time"] == {
        "count": 0,
        "of": 0,
        "share": None,
        "low": None,
        "high": None,
    }


def test_only_a_key_that_reads_tasks_sees_it(heed: Heed) -> None:
    denied = heed.call("GET", PATH, key=heed.make_key(Scope.SCORES_READ))
    assert problem(denied) == (403, "scope-missing")
    assert heed.call("GET", PATH, key=heed.make_key(Scope.TASKS_READ)).status_code == 200
