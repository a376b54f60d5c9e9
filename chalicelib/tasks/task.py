"""A task: a team acts on an unhappy answer before a due time, and closes the task with the
cause. Pure."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from chalicelib import ids, moments
from chalicelib.invitations.invitation import Ticket
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import CAUSE, LOOP, Cell, difference, merged
from chalicelib.teams.due import due_at
from chalicelib.teams.team import Team

State = Literal["open", "closed"]
OPEN: Final = "open"
CLOSED: Final = "closed"


@dataclass(frozen=True)
class Closing:
    """`fixed`: the cause itself is gone, not only this case. `day` is in the survey's zone
    when the task was closed, and never changes."""

    cause: str
    fixed: bool
    note: str | None
    at: datetime
    day: str


@dataclass(frozen=True)
class Change:
    """The change that a team asks for. None leaves a field as it is; an empty note deletes the
    note."""

    state: str
    cause: str | None = None
    fixed: bool | None = None
    note: str | None = None


@dataclass(frozen=True)
class Task:
    """`opened_day` is in the survey's zone. It is None, and `version` 0, in tasks made before
    Heed counted opened tasks. `team_id` None: it waits in the queue of nobody's people."""

    id: str
    survey: str
    team: str
    ticket: Ticket | None
    created_at: datetime
    due_at: datetime
    opened_day: str | None
    team_id: str | None = None
    overdue: bool = False
    version: int = 1
    closing: Closing | None = None
    bucket: int = 0  # of the lists of tasks

    @property
    def state(self) -> State:
        return CLOSED if self.closing else OPEN


def task_for(
    response: Response,
    survey: Survey,
    now: datetime,
    team: Team | None = None,
    holidays: Container[date] = (),
) -> Task:
    return Task(
        # The id of the response, so that a response has at most one task.
        id=response.id,
        survey=survey.id,
        team=survey.team,
        ticket=response.ticket,
        created_at=now,
        due_at=_due(response.answered_at, survey, team, holidays),
        opened_day=moments.day_in(now, survey.tz).isoformat(),
        team_id=team.id if team else None,
    )


def task_for_release(
    survey: Survey,
    release: int,
    now: datetime,
    team: Team | None = None,
    holidays: Container[date] = (),
) -> Task:
    """Of all unhappy answers of a sealed survey's release, and of no person."""
    return Task(
        id=ids.derived_id("release", survey.id, str(release)),
        survey=survey.id,
        team=survey.team,
        ticket=None,
        created_at=now,
        due_at=_due(now, survey, team, holidays),
        opened_day=moments.day_in(now, survey.tz).isoformat(),
        team_id=team.id if team else None,
    )


def _due(start: datetime, survey: Survey, team: Team | None, holidays: Container[date]) -> datetime:
    return due_at(start, survey.task_hours, team.calendar if team else None, holidays)


def closed(task: Task, cause: str, change: Change, now: datetime, day: str) -> Task:
    """Returns `task` itself when nothing changes."""
    base = task.closing or Closing(cause, False, None, now, day)
    # When the cause changes, the new cause is not fixed unless the change says so.
    still_fixed = base.fixed and base.cause == cause
    closing = replace(
        base,
        cause=cause,
        fixed=still_fixed if change.fixed is None else change.fixed,
        note=base.note if change.note is None else change.note or None,
    )
    return _next(task, closing)


def reopened(task: Task) -> Task:
    return _next(task, None)


def task_contribution(task: Task) -> dict[Cell, dict[str, int]]:
    """The counts that one task adds to its survey."""
    opened = {(LOOP, task.opened_day): {"opened": 1}} if task.opened_day else {}
    if task.closing is None:
        return opened
    fixed = {"fixed": 1} if task.closing.fixed else {}
    counts = {"closed": 1, f"{CAUSE}{task.closing.cause}": 1} | fixed
    return merged(opened, {(LOOP, task.closing.day): counts})


def task_changes(before: Task | None, after: Task | None) -> dict[Cell, dict[str, int]]:
    """The differences in the counts when `before` becomes `after`; None is no task."""
    old = task_contribution(before) if before else {}
    new = task_contribution(after) if after else {}
    cells = old.keys() | new.keys()
    return {cell: difference(old.get(cell, {}), new.get(cell, {})) for cell in sorted(cells)}


def _next(task: Task, closing: Closing | None) -> Task:
    if closing == task.closing:
        return task
    return replace(task, closing=closing, version=task.version + 1)
