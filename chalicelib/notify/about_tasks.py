"""Which letters an event of a task asks for, and to whom. Pure."""

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.notify.untold import ARRIVED, is_told
from chalicelib.tasks.task import Task
from chalicelib.teams.due import worked_at, worked_between
from chalicelib.teams.team import Calendar, Member, Team

OPENED: Final = "task_opened"
HANDED_ON: Final = "task_handed_on"
SOON: Final = "task_soon"
OVERDUE: Final = "task_overdue"
# Why a reminder is put off.
WAITS: Final = "task_waits"
# Why one did not go that may go later.
CLOSED_THEN, OF_ANOTHER = "task_closed", "owner_changed"
NOT_THEN: Final = (CLOSED_THEN, OF_ANOTHER)
LEAST_BEFORE: Final = timedelta(minutes=30)


def letters_about(
    event: str,
    told: Mapping[str, Any],
    task: Task,
    team: Team,
    now: datetime,
    holidays: Container[date],
) -> list[Letter]:
    """`told` is the event's detail, `holidays` are the team's. The same event gives letters with
    the same ids, whenever it comes and whatever came before it."""
    if event == "TaskOverdue":
        if is_told(task, task.due_at):
            return []
        return _letters(OVERDUE, _told_of_overdue(task, team), task, now, once=told["due_at"])
    people = _owner_or_all(told["owner"], team)
    if event == ARRIVED:
        when = remind_at(now, task.due_at, team.calendar, holidays)
        return _before_due(people, task, now, when)
    kind, change = OPENED if event == "TaskOpened" else HANDED_ON, str(told["task_version"])
    when = remind_at(now, task.due_at, team.calendar, holidays)
    return _letters(kind, people, task, now, once=change) + _before_due(people, task, now, when)


def without_respondent(team: Team, said_by: str | None, owners: Collection[str | None]) -> Team:
    """Nobody is told of a task for their own answer, unless somebody made them its owner."""
    told = [one for one in team.people if one.person != said_by or one.id in owners]
    return replace(team, people=tuple(told))


def reminders_of(task: Task, team: Team, now: datetime) -> list[Letter]:
    """Those that there may be: with their ids, not their times."""
    return _before_due(team.people, task, now, task.due_at)


def resumes_at(
    task: Task, now: datetime, calendar: Calendar | None, holidays: Container[date]
) -> datetime:
    """When a reminder comes that was put off: with the wait, while people work. A wait may be
    longer than the task has."""
    over = max(now, task.waits_until or now)
    return min(worked_at(over, timedelta(), calendar, holidays), max(now, task.due_at))


def remind_at(
    now: datetime, due_at: datetime, calendar: Calendar | None, holidays: Container[date]
) -> datetime | None:
    """When the last quarter of the working time begins, or its last half hour. None when less than
    an hour of it is left: whoever was told just now needs no second e-mail."""
    left = worked_between(now, due_at, calendar, holidays)
    if left < 2 * LEAST_BEFORE:
        return None
    return worked_at(now, left - max(left / 4, LEAST_BEFORE), calendar, holidays)


def owner_in(team: Team, owner: str | None) -> str | None:
    """None as well when the owner has left the team: then the task is everybody's."""
    return owner if owner in {member.id for member in team.people} else None


def _owner_or_all(owner: str | None, team: Team) -> list[Member]:
    whose = owner_in(team, owner)
    return [member for member in team.people if whose in (None, member.id)]


def _told_of_overdue(task: Task, team: Team) -> list[Member]:
    """The owner, and who leads. Everybody where there is neither."""
    whose = owner_in(team, task.owner)
    told = [member for member in team.people if member.id == whose or member.role == "lead"]
    return told or list(team.people)


def _before_due(
    people: Sequence[Member], task: Task, now: datetime, when: datetime | None
) -> list[Letter]:
    once = moments.to_text(task.due_at)  # a task that comes back to somebody is no second reminder
    return _letters(SOON, people, task, now, once, when) if when else []


def _letters(
    kind: str,
    people: Sequence[Member],
    task: Task,
    now: datetime,
    once: str,
    due_at: datetime | None = None,
) -> list[Letter]:
    return [
        letter_for(kind, task.id, {"member": member.id}, now, task.survey, due_at, once)
        for member in people
    ]
