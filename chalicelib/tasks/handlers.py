"""Opens the task of an answer, and that of a release."""

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from chalicelib import moments, wiring
from chalicelib.logs import logger
from chalicelib.responses.response import Response
from chalicelib.retry import reading, retrying
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import add_task
from chalicelib.tasks.holidays_kept import holidays_kept
from chalicelib.tasks.task import Task, task_for, task_for_release
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Team, owner_of


def open_task_of(response: Response, survey: Survey, now: datetime) -> None:
    """Safe to run twice: the task has the id of the response, and is written only if new."""
    _open(task_for(response, survey, now, *_team(survey, response)))


def open_task_of_release(released: dict[str, Any]) -> None:
    """Safe to run twice: the task has an id of the release, and is written only if new."""
    if released["unhappy"]:
        survey = reading(lambda: surveys_wiring.surveys().get(released["survey"]), wiring.pause)
        facts = (released["release"], released["unhappy"], moments.now())
        _open(task_for_release(survey, *facts, *_team(survey)))


def team_of(survey: Survey) -> Team | None:
    team_id, teams = survey.task_team, teams_wiring.teams()
    if team_id is None:
        return None
    team = reading(lambda: teams.find(team_id), wiring.pause)
    if team is None:
        logger().warning("no such team", extra={"survey": survey.id, "team": team_id})
    return team


def _open(task: Task) -> None:
    add_task(task, tasks_wiring.change_task_needs())
    logger().info("task", extra={"task": task.id, "survey": task.survey})


def _team(
    survey: Survey, response: Response | None = None
) -> tuple[Team | None, Container[date], str | None]:
    """With its holidays, and whose the task is."""
    team = team_of(survey)
    if team is None:
        return None, (), None

    def take_turn() -> int:
        return retrying(lambda _: teams_wiring.teams().take_turn(team.id), wiring.pause)

    def of_account() -> str | None:
        if response is None:
            return None
        of, find = (response.account, response.person, team.id), tasks_wiring.owners().of_answer
        return reading(lambda: find(*of), wiring.pause)

    said_by = response.person if response else None
    owner = owner_of(team, take_turn, of_account, said_by)
    return team, holidays_kept(team.calendar), owner
