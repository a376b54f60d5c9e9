"""Opens a task by hand: somebody has to act, and no answer says so."""

from datetime import datetime

from msgspec import Struct

from chalicelib import ids, moments
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.change_task import (
    ChangeTaskNeeds,
    add_task,
    refuse_stranger,
    refuse_time,
)
from chalicelib.tasks.history import Entry
from chalicelib.tasks.schemas import TaskBody
from chalicelib.tasks.task import Task
from chalicelib.web.idempotency import DeliveryStore, Once


class OpenByHandNeeds(Struct, frozen=True):
    change: ChangeTaskNeeds
    deliveries: DeliveryStore


def open_by_hand(
    body: TaskBody, by: str, once: Once | None, now: datetime, needs: OpenByHandNeeds
) -> Task:
    """The same `once` gives the same task. `by` is the id of a key. Raises Conflict and, after
    all tries, Unavailable."""
    survey = _survey(body.survey, needs)
    team = needs.change.team(survey.task_team) if survey.task_team else None
    refuse_time("due_at", body.due_at, now)
    if body.owner:
        refuse_stranger(body.owner, survey.task_team, needs.change)
    task = Task(
        id=ids.derived_id("task", once.key.pk) if once else ids.new_id(),
        survey=survey.id,
        team=survey.team,
        ticket=None,
        created_at=now,
        due_at=body.due_at,
        opened_day=moments.day_in(now, survey.tz).isoformat(),
        team_id=team.id if team else None,
        owner=body.owner,
        history=(Entry(now, by, "opened", note=body.note),),
    )
    add_task(task, needs.change, [needs.deliveries.remember(once, task.id, now)] if once else [])
    return needs.change.tasks.get(task.id)


def _survey(survey_id: str, needs: OpenByHandNeeds) -> Survey:
    try:
        return needs.change.survey(survey_id)
    except NotFound:
        detail = "There is no such survey."
        raise Conflict([FieldError("#/survey", "survey_unknown", detail)]) from None
