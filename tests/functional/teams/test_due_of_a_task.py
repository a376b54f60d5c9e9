"""A task is due in the working hours of its team."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.samples import SURVEY

OFFICE = ["08:00-12:00", "12:30-16:30"]
HOURS = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), OFFICE)


def due_of(heed: Heed, answered: str, **calendar: Any) -> str:
    """Of an answer that leaves four working hours."""
    changes = {"task_team": "desk", "task_hours": 4}
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    team = {"name": "Desk", "calendar": {"hours": HOURS} | calendar}
    assert heed.call("PUT", "/v1/teams/desk", team).status_code == 200
    with time_machine.travel(datetime.fromisoformat(answered), tick=False):
        task = opened("a")
    return str(heed.call("GET", f"/v1/tasks/{task}").json_body["due_at"])


@pytest.mark.parametrize(
    ("answered", "calendar", "due"),
    [
        # Maundy Thursday to Easter Monday.
        ("2026-04-01T15:30+02:00", {"tz": "Europe/Oslo", "country": "NO"}, "2026-04-07T09:00"),
        ("2026-04-01T15:30+02:00", {"tz": "Europe/Oslo"}, "2026-04-02T09:00"),
        # Showa Day, and 3 to 5 May with a day in place of the Sunday.
        ("2026-04-28T15:30+09:00", {"tz": "Asia/Tokyo", "country": "JP"}, "2026-04-30T02:00"),
        ("2026-05-01T15:30+09:00", {"tz": "Asia/Tokyo", "country": "JP"}, "2026-05-07T02:00"),
        # Corpus Christi is one in Bavaria and none in Berlin.
        (
            "2026-06-03T15:30+02:00",
            {"tz": "Europe/Berlin", "country": "DE", "subdivision": "BY"},
            "2026-06-05T09:00",
        ),
        (
            "2026-06-03T15:30+02:00",
            {"tz": "Europe/Berlin", "country": "DE", "subdivision": "BE"},
            "2026-06-04T09:00",
        ),
    ],
)
def test_holidays_are_those_of_the_team(
    heed: Heed, answered: str, calendar: dict[str, str], due: str
) -> None:
    assert due_of(heed, answered, **calendar) == f"{due}:00.000Z"


def test_a_country_that_nobody_knows_holds_up_no_task_and_is_told(
    heed: Heed, log_lines: Any
) -> None:
    found = due_of(heed, "2026-04-01T15:30+02:00", tz="Europe/Oslo", country="XX")
    assert found == "2026-04-02T09:00:00.000Z"
    assert '"no holidays known"' in log_lines.getvalue()
