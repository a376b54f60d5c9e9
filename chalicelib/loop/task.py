"""A task: somebody is to act on an unhappy answer before a due time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.intake.invitation import Ticket
from chalicelib.respond.response import Response
from chalicelib.survey.definition import Survey

OPEN = "open"


@dataclass(frozen=True)
class Task:
    id: str
    survey: str
    team: str
    state: str
    ticket: Ticket | None
    created_at: datetime
    due_at: datetime
    overdue: bool = False


def task_for(response: Response, survey: Survey, now: datetime) -> Task:
    """One response, one task: it has the response's id."""
    return Task(
        id=response.id,
        survey=survey.id,
        team=survey.team,
        state=OPEN,
        ticket=response.ticket,
        created_at=now,
        due_at=response.answered_at + timedelta(hours=survey.task_hours),
    )
