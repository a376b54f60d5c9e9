"""Letters about a task: words first, the ticket, when it is due, and one link to its page."""

from collections.abc import Callable, Container
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib import moments
from chalicelib.errors import NotFound
from chalicelib.languages import first_of
from chalicelib.mail.letter import Sender
from chalicelib.notify.about_tasks import (
    CLOSED_THEN,
    HANDED_ON,
    OF_ANOTHER,
    OPENED,
    OVERDUE,
    SOON,
    WAITS,
    owner_in,
    resumes_at,
)
from chalicelib.notify.compose import Addressee, Composed, PutOff
from chalicelib.notify.letter import Letter
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.links import TaskLink, task_url
from chalicelib.tasks.matter import words_of
from chalicelib.tasks.task import WAITING, Task
from chalicelib.teams.team import Calendar, Member, Team, zone_of

# A task may stay open for long after it was due. Its link ends with it.
OPENS_FOR: Final = timedelta(days=90)


class TaskLetterNeeds(Struct, frozen=True):
    """`task` raises NotFound."""

    task: Callable[[str], Task]
    team: Callable[[str], Team | None]
    response: Callable[[str], Response | None]
    survey: Callable[[str], Survey]
    sender: Callable[[], Sender]
    holidays: Callable[[Calendar | None], Container[date]]


def compose_task(letter: Letter, now: datetime, needs: TaskLetterNeeds) -> Composed | PutOff | str:
    try:
        task = needs.task(letter.about)
    except NotFound:
        return "erased"
    team = needs.team(task.team_id) if task.team_id else None
    member = _member(letter, team)
    if team is None or member is None:
        return "left_the_team"
    reason = _reason_not_to_tell(letter, task, team, member, now)
    if reason is None and letter.kind == SOON and task.state(now) == WAITING:
        calendar = team.calendar
        return PutOff(resumes_at(task, now, calendar, needs.holidays(calendar)), WAITS)
    return reason or _composed(task, team, member, now, needs)


def _member(letter: Letter, team: Team | None) -> Member | None:
    people = team.people if team else ()
    return next((member for member in people if member.id == letter.to["member"]), None)


def _reason_not_to_tell(
    letter: Letter, task: Task, team: Team, member: Member, now: datetime
) -> str | None:
    if task.closing:
        return CLOSED_THEN
    owner, is_told = owner_in(team, task.owner), letter.kind == OVERDUE and member.role == "lead"
    if owner not in (None, member.id) and not is_told:
        return OF_ANOTHER
    if letter.kind == OPENED and owner is None and task.is_taken:
        return "task_taken"
    return _reason_by_kind(letter, task, now)


def _reason_by_kind(letter: Letter, task: Task, now: datetime) -> str | None:
    if letter.kind == HANDED_ON and _is_own_doing(task):
        return "own_doing"
    if letter.kind in (SOON, OVERDUE) and letter.once != moments.to_text(task.due_at):
        return "due_changed"
    return "overdue" if letter.kind == SOON and now >= task.due_at else None


def _is_own_doing(task: Task) -> bool:
    """Whoever takes a task on its page knows it."""
    given = next((one for one in reversed(task.history) if one.owner == task.owner), None)
    return given is not None and given.by == task.owner


def _composed(
    task: Task, team: Team, member: Member, now: datetime, needs: TaskLetterNeeds
) -> Composed:
    survey, sender = needs.survey(task.survey), needs.sender()
    lang = first_of(member.lang, survey.lang)
    zone = zone_of(team, survey.tz)
    facts = {
        "survey_name": survey.name,
        "team": team.name,
        "due_at": task.due_at.astimezone(ZoneInfo(zone)),
        "zone": zone,
        "unhappy": task.unhappy,
        "task_url": _url(task, member, lang, now, sender),
        **(_nothing() if survey.is_sealed else _said(task, needs.response(task.id))),
    }
    return Composed(Addressee(member.person, member.email, lang), team.id, facts)


def _url(task: Task, member: Member, lang: str, now: datetime, sender: Sender) -> str:
    ends = max(now, task.due_at) + OPENS_FOR
    return task_url(TaskLink(task.id, member.person, ends, lang), sender.base_url, sender.keys)


def _nothing() -> dict[str, Any]:
    """Nobody is named by a mail about a sealed survey, not even who asked for a call: whoever may
    see the address finds it with the task."""
    return {"words": None, "wishes_contact": False, "ticket_id": None, "ticket_subject": None}


def _said(task: Task, response: Response | None) -> dict[str, Any]:
    ticket = task.ticket
    return {
        "words": words_of(response) if response else _note_of(task),
        "wishes_contact": bool(response and response.contact),
        "ticket_id": ticket.id if ticket else None,
        "ticket_subject": ticket.subject if ticket else None,
    }


def _note_of(task: Task) -> str | None:
    """Of a task that was opened by hand: why."""
    return next((entry.note for entry in task.history if entry.what == "opened"), None)
