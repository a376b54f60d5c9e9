"""A task: somebody is to act on an unhappy answer before a due time, and closes it with
the cause. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib import moments
from chalicelib.invitations.invitation import Ticket
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import CAUSE, LOOP, Cell, difference, merged

State = Literal["open", "closed"]
OPEN: Final = "open"
CLOSED: Final = "closed"


@dataclass(frozen=True)
class Closing:
    """`fixed`: the cause itself is gone, not only this case answered. `day` is one of the
    survey's zone, frozen when the task was closed."""

    cause: str
    fixed: bool
    note: str | None
    at: datetime
    day: str


@dataclass(frozen=True)
class Change:
    """What a team says of a task. None leaves what stands; an empty note takes it away."""

    state: str
    cause: str | None = None
    fixed: bool | None = None
    note: str | None = None


@dataclass(frozen=True)
class Task:
    """`opened_day` is one of the survey's zone. Tasks from before openings were counted
    have none, and version 0."""

    id: str
    survey: str
    team: str
    ticket: Ticket | None
    created_at: datetime
    due_at: datetime
    opened_day: str | None
    overdue: bool = False
    version: int = 1
    closing: Closing | None = None

    @property
    def state(self) -> State:
        return CLOSED if self.closing else OPEN


def task_for(response: Response, survey: Survey, now: datetime) -> Task:
    """One response, one task: it has the response's id."""
    return Task(
        id=response.id,
        survey=survey.id,
        team=survey.team,
        ticket=response.ticket,
        created_at=now,
        due_at=response.answered_at + timedelta(hours=survey.task_hours),
        opened_day=moments.day_in(now, survey.tz).isoformat(),
    )


def closed(task: Task, cause: str, change: Change, now: datetime, day: str) -> Task:
    """`task` itself when nothing changes. Another cause is not fixed until somebody says so."""
    base = task.closing or Closing(cause, False, None, now, day)
    stands = base.fixed and base.cause == cause
    closing = replace(
        base,
        cause=cause,
        fixed=stands if change.fixed is None else change.fixed,
        note=base.note if change.note is None else change.note or None,
    )
    return _next(task, closing)


def reopened(task: Task) -> Task:
    return _next(task, None)


def task_contribution(task: Task) -> dict[Cell, dict[str, int]]:
    """What one task adds to the counts of its survey."""
    opened = {(LOOP, task.opened_day): {"opened": 1}} if task.opened_day else {}
    if task.closing is None:
        return opened
    fixed = {"fixed": 1} if task.closing.fixed else {}
    counts = {"closed": 1, f"{CAUSE}{task.closing.cause}": 1} | fixed
    return merged(opened, {(LOOP, task.closing.day): counts})


def task_changes(before: Task | None, after: Task) -> dict[Cell, dict[str, int]]:
    """What `before` becoming `after` adds to the counts."""
    taken = task_contribution(before) if before else {}
    given = task_contribution(after)
    cells = taken.keys() | given.keys()
    return {cell: difference(taken.get(cell, {}), given.get(cell, {})) for cell in sorted(cells)}


def _next(task: Task, closing: Closing | None) -> Task:
    if closing == task.closing:
        return task
    return replace(task, closing=closing, version=task.version + 1)
