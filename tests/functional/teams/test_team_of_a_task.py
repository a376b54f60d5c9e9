"""The team that a survey gives its tasks to."""

from typing import Any

from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.samples import SURVEY


def given_to(team: str) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, task_team=team))


def test_a_task_is_of_the_survey_s_team(heed: Heed) -> None:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk"})
    given_to("desk")
    assert heed.call("GET", f"/v1/tasks/{opened('a')}").json_body["team_id"] == "desk"


def test_without_a_team_a_task_waits_for_whoever_looks(heed: Heed) -> None:
    assert heed.call("GET", f"/v1/tasks/{opened('a')}").json_body["team_id"] is None


def test_a_team_that_there_is_not_holds_up_no_task_and_is_told(heed: Heed, log_lines: Any) -> None:
    given_to("gone")
    assert heed.call("GET", f"/v1/tasks/{opened('a')}").json_body["team_id"] is None
    assert '"no such team"' in log_lines.getvalue()


def test_a_survey_names_its_team_over_the_api(heed: Heed) -> None:
    path = f"/v1/surveys/{SURVEY.id}"
    body = definition_of(SURVEY) | {"task_team": "desk"}
    assert heed.call("PUT", path, body).json_body["task_team"] == "desk"
    assert heed.call("PUT", path, body | {"task_team": "a b"}).status_code == 422
