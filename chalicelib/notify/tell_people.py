"""Handler of the events TaskOpened, TaskHandedOn, TaskResumed and TaskOverdue."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib import moments, wiring
from chalicelib.errors import NotFound
from chalicelib.logs import logger
from chalicelib.notify.about_tasks import (
    NOT_THEN,
    SOON,
    WAITS,
    letters_about,
    reminders_of,
    resumes_at,
    without_respondent,
)
from chalicelib.notify.letter import Letter
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.closing import closing_letter
from chalicelib.notify.untold import ARRIVED
from chalicelib.responses import wiring as responses_wiring
from chalicelib.retry import reading, retrying
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.holidays_kept import holidays_kept
from chalicelib.tasks.task import Task
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Team


def tell_people(event: dict[str, Any]) -> None:
    """Safe to run twice: each letter has an id by what it tells and whom, and is written only if
    new, or moved only while it is put off. Whether it is still true is asked again when it goes."""
    if event["detail-type"] == "TaskResumed":
        _remind_again(event)
    else:
        _write(_letters_of(event))


def tell_if_untold(event: dict[str, Any]) -> int:
    """For an event that may have been lost: how many letters were written. None when one of them
    is there, so that whoever joined the team since is not told of what is old. A reminder says
    nothing: it is the same for a task that opens again. That of an imported task is no finding."""
    letters = _letters_of(event)
    if event["detail-type"] == ARRIVED:
        _write(letters)
        return 0
    at_once = [letter for letter in letters if letter.due_at is None]
    is_told = bool(at_once) and reading(lambda: _store().any_of(at_once), wiring.pause)
    return 0 if is_told else _write(letters)


def tell_of_closing(task: Task) -> bool:
    """Whether the letter to the person was not there. Each closing has one, however often."""
    if task.told_at is None:
        return False
    told_at = moments.to_text(task.told_at)
    letter = closing_letter(task.id, task.survey, told_at, moments.now())
    return not reading(lambda: _store().any_of([letter]), wiring.pause) and _add(letter)


def _letters_of(event: dict[str, Any]) -> list[Letter]:
    told = event["detail"]
    found = _told_of(told)
    if found is None:
        return []
    task, team = found
    holidays, now = holidays_kept(team.calendar), moments.now()
    return letters_about(event["detail-type"], told, task, team, now, holidays)


def _remind_again(event: dict[str, Any]) -> None:
    """What was put off because the task waited."""
    found, now = _told_of(event["detail"]), moments.now()
    if found:
        task, team = found
        to = resumes_at(task, now, team.calendar, holidays_kept(team.calendar))
        for letter in reminders_of(task, team, now):
            _bring_forward(letter, to)


def _bring_forward(letter: Letter, to: datetime) -> None:
    retrying(lambda _: _store().bring_forward(letter.id, to, WAITS), wiring.pause)


def _told_of(told: dict[str, Any]) -> tuple[Task, Team] | None:
    task = _task(told["task"])
    team = _team(task)
    reason = _reason_to_tell_nobody(task, team)
    if task and team and reason is None:
        owners = (task.owner, told.get("owner"))
        team = without_respondent(team, _said_by(task), owners)
        reason = None if team.people else "own_answer"
    if task is None or team is None or reason:
        logger().info("left alone", extra={"event": told["id"], "reason": reason})
        return None
    return task, team


def _said_by(task: Task) -> str | None:
    find = responses_wiring.responses().find
    response = reading(lambda: find(task.id), wiring.pause)
    return response.person if response else None


def _write(letters: Sequence[Letter]) -> int:
    added = sum(map(_add, letters))
    if letters:
        task, survey = letters[0].about, letters[0].survey
        logger().info("letters", extra={"task": task, "survey": survey, "added": added})
    return added


def _reason_to_tell_nobody(task: Task | None, team: Team | None) -> str | None:
    if task is None:
        return "erased"
    if task.closing:
        return "task_closed"
    if team is None:
        return "no_team"
    return None if team.people else "no_people"


def _add(letter: Letter) -> bool:
    """A reminder that did not go, since the task was closed or somebody else's, may go now."""
    dropped = NOT_THEN if letter.kind == SOON else ()
    return retrying(lambda _: _store().add(letter, dropped), wiring.pause)


def _store() -> LetterStore:
    return LetterStore(wiring.table())


def _task(task_id: str) -> Task | None:
    try:
        return reading(lambda: tasks_wiring.tasks().get(task_id), wiring.pause)
    except NotFound:
        return None


def _team(task: Task | None) -> Team | None:
    team_id = task.team_id if task else None
    if team_id is None:
        return None
    return reading(lambda: teams_wiring.teams().find(team_id), wiring.pause)
