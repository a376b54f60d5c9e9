"""Handlers of the events ResponseRecorded and ResponseChanged of a detractor, and of
AnswersReleased."""

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import logger
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.response import Response
from chalicelib.retry import reading, retrying
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import add_task, close_improved
from chalicelib.tasks.follow_up import (
    IMPROVED,
    follow_up_for,
    reason_not_to_follow_up,
    reason_not_to_open,
    reason_not_to_plan,
)
from chalicelib.tasks.holidays_kept import holidays_kept
from chalicelib.tasks.task import Task, task_for, task_for_release
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Team, owner_of


def open_task(event: dict[str, Any]) -> None:
    """Safe to run twice: the task has the id of the response, or of the release, and is written
    only if new. The response is read again: what it is now decides, not what the event says."""
    is_release = event.get("detail-type") == "AnswersReleased"
    task = _task_of_release(event["detail"]) if is_release else _task_of_answer(event)
    if task:
        add_task(task, tasks_wiring.change_task_needs())
        logger().info("task", extra={"task": task.id, "survey": task.survey})


def _task_of_answer(event: dict[str, Any]) -> Task | None:
    response = _response(event)
    reason = reason_not_to_open(response)
    if response and reason == IMPROVED:
        close_improved(response.id, moments.now(), tasks_wiring.change_task_needs())
    if response is None or _is_skipped(event, reason):
        return None
    survey = _survey(response.survey)
    return task_for(response, survey, moments.now(), *_team(survey))


def _task_of_release(released: dict[str, Any]) -> Task | None:
    release, unhappy = released["release"], released["unhappy"]
    if not unhappy:
        return None
    survey = _survey(released["survey"])
    return task_for_release(survey, release, unhappy, moments.now(), *_team(survey))


def plan_follow_up(event: dict[str, Any]) -> None:
    """Safe to run twice: the follow-up has the response's id and is written only if new."""
    response = _unhappy(event)
    now = moments.now()
    if response and _can_be_mailed(event, response, now):
        survey = _survey(response.survey)
        follow_up = follow_up_for(response, survey, now)
        retrying(lambda _: tasks_wiring.follow_ups().add(follow_up), wiring.pause)
        logger().info("follow-up", extra={"response": response.id, "survey": survey.id})


def _unhappy(event: dict[str, Any]) -> Response | None:
    response = _response(event)
    reason = reason_not_to_follow_up(response)
    return None if _is_skipped(event, reason) else response


def _response(event: dict[str, Any]) -> Response | None:
    # It is read again: the answer may have improved since the event.
    found = responses_wiring.responses().find
    return reading(lambda: found(event["detail"]["response"]), wiring.pause)


def _can_be_mailed(event: dict[str, Any], response: Response, now: datetime) -> bool:
    find = invitations_wiring.invitations().find
    invitation = reading(lambda: find(response.id), wiring.pause)
    reason = reason_not_to_plan(invitation, response, now)
    return not _is_skipped(event, reason)


def _survey(survey_id: str) -> Survey:
    return reading(lambda: surveys_wiring.surveys().get(survey_id), wiring.pause)


def _team(survey: Survey) -> tuple[Team | None, Container[date], str | None]:
    """With its holidays, and whose the task is."""
    team_id, teams = survey.task_team, teams_wiring.teams()
    if team_id is None:
        return None, (), None
    team = reading(lambda: teams.find(team_id), wiring.pause)
    if team is None:
        logger().warning("no such team", extra={"survey": survey.id, "team": team_id})
        return None, (), None

    def take_turn() -> int:
        return retrying(lambda _: teams.take_turn(team_id), wiring.pause)

    return team, holidays_kept(team.calendar), owner_of(team, take_turn)


def _is_skipped(event: dict[str, Any], reason: str | None) -> bool:
    if reason:
        logger().info("left alone", extra={"event": event["detail"]["id"], "reason": reason})
    return bool(reason)
