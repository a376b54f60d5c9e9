"""A task: a team acts on an unhappy answer before a due time, and closes the task with the
cause. Pure."""

from collections.abc import Container
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import ids, moments
from chalicelib.invitations.invitation import Ticket
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.plan import When
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.history import (
    ASKS_NO_MORE,
    HEED,
    PERSON,
    Entry,
    What,
    with_entry,
    without_notes,
)
from chalicelib.tasks.plan import conditions_of, matches
from chalicelib.teams.due import due_at
from chalicelib.teams.team import Team

State = Literal["open", "taken", "waiting", "closed"]
OPEN: Final = "open"
TAKEN: Final = "taken"
WAITING: Final = "waiting"
CLOSED: Final = "closed"
# The causes of tasks that Heed closed, since the answer asks for nobody any more: it is no bad one,
# or its person no longer wishes to be contacted and it asked for nothing else.
IMPROVED: Final = "answer improved"
WITHDRAWN: Final = "contact no longer wished"
BY_ANSWER: Final = (IMPROVED, WITHDRAWN)


class Touch(Struct, frozen=True):
    """When somebody first acted on a task, the whole working hours until then, and whether it was
    due later: a task that is due anew was touched no earlier for that."""

    at: datetime
    worked_hours: int
    in_time: bool


class Change(Struct, frozen=True):
    """The change that a team asks for. None leaves a field as it is; of a closed task an empty
    note deletes the note. `noted` is a note beside what closes the task."""

    state: str | None
    cause: str | None = None
    fixed: bool | None = None
    note: str | None = None
    owner: str | None = None
    until: datetime | None = None
    tell: str | None = None
    noted: str | None = None


class Task(Struct, frozen=True):
    """`opened_day` is in the survey's zone. It is None, and `version` 0, in tasks made before
    Heed counted opened tasks. `team_id` None: it is of no team. `owner` is the id of one of its
    people; None: it is in the team's queue. `unhappy` is the number of answers that the task of a
    release is about. `again_at`: when a better answer became a bad one again. `told_at`: of the
    last closing that its person was told of, and `helped` what they said to that. What happened
    before `imported_at` was told of in another stack. `conditions` are the conditions of the plan
    under which it was opened; none of them was true `by_wish`: its person wished to be contacted,
    which opens a task in every plan."""

    id: str
    survey: str
    team: str
    ticket: Ticket | None
    created_at: datetime
    due_at: datetime
    opened_day: str | None
    team_id: str | None = None
    owner: str | None = None
    unhappy: int | None = None
    is_taken: bool = False
    waits_until: datetime | None = None
    history: tuple[Entry, ...] = ()
    overdue: bool = False
    version: int = 1
    closing: Closing | None = None
    bucket: int = 0  # of the lists of tasks
    touched: Touch | None = None
    again_at: datetime | None = None
    told_at: datetime | None = None
    helped: bool | None = None
    imported_at: datetime | None = None
    conditions: tuple[When, ...] = ()
    by_wish: bool = False

    @property
    def listed_in(self) -> Literal["open", "closed"]:
        """Taken and waiting tasks are open ones."""
        return CLOSED if self.closing else OPEN

    @property
    def starts_at(self) -> datetime:
        """From when on its hours are counted."""
        return self.again_at or self.created_at

    @property
    def asks_no_more(self) -> bool:
        """Whether its history says so of its answer, and not that it asks again since."""
        of_answer = [entry.what for entry in self.history if entry.by == HEED]
        return bool(of_answer) and of_answer[-1] in ASKS_NO_MORE

    @property
    def is_ended_by_answer(self) -> bool:
        return self.closing is not None and self.closing.cause in BY_ANSWER

    @property
    def notes(self) -> int:
        """And words that were told."""
        return sum(bool(entry.note) for entry in self.history)

    def state(self, now: datetime) -> State:
        if self.closing:
            return CLOSED
        if self.waits_until and now < self.waits_until:
            return WAITING
        return TAKEN if self.is_taken else OPEN


def task_for(
    response: Response,
    survey: Survey,
    now: datetime,
    team: Team | None = None,
    holidays: Container[date] = (),
    owner: str | None = None,
) -> Task:
    conditions = conditions_of(survey, response)
    return Task(
        # The id of the response, so that a response has at most one task.
        id=response.id,
        survey=survey.id,
        team=survey.team,
        ticket=response.ticket,
        created_at=now,
        due_at=_due(response.changed_at, survey, team, holidays),
        opened_day=moments.day_in(now, survey.tz).isoformat(),
        team_id=team.id if team else None,
        owner=owner,
        conditions=conditions,
        by_wish=not any(matches(when, response) for when in conditions),
    )


def task_for_release(
    survey: Survey,
    release: int,
    unhappy: int,
    now: datetime,
    team: Team | None = None,
    holidays: Container[date] = (),
    owner: str | None = None,
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
        owner=owner,
        unhappy=unhappy,
    )


def _due(start: datetime, survey: Survey, team: Team | None, holidays: Container[date]) -> datetime:
    return due_at(start, survey.task_hours, team.calendar if team else None, holidays)


def worked_on(task: Task, change: Change, by: str, now: datetime) -> Task:
    """Taken, waiting, handed on, noted or opened again. Returns `task` itself when nothing
    changes."""
    after = replace(task, owner=change.owner or task.owner)
    what: What = "noted" if after.owner == task.owner else "handed_on"
    if change.state == OPEN and (task.closing or task.is_taken):
        after, what = replace(after, closing=None, is_taken=False, waits_until=None), "opened_again"
    elif change.state == TAKEN and (task.waits_until or not task.is_taken):
        after, what = replace(after, is_taken=True, waits_until=None), "taken"
    elif change.state == WAITING and change.until != task.waits_until:
        after, what = replace(after, is_taken=True, waits_until=change.until), "waiting"
    last = task.history[-1] if task.history else None
    is_said = last is not None and (last.by, last.note) == (by, change.note)
    if after == task and (is_said or not change.note):
        return task
    entry = Entry(now, by, what, change.owner, change.until, change.note or None)
    return following(after, entry)


def closed(task: Task, cause: str, change: Change, by: str, now: datetime, day: str) -> Task:
    """Returns `task` itself when nothing changes."""
    if change.noted:
        task = worked_on(task, Change(None, note=change.noted), by, now)
    base = task.closing or Closing(cause, False, None, now, day)
    # When the cause changes, the new cause is not fixed unless the change says so.
    still_fixed = base.fixed and base.cause == cause
    closing = replace(
        base,
        cause=cause,
        fixed=still_fixed if change.fixed is None else change.fixed,
        note=base.note if change.note is None else change.note or None,
        tell=base.tell or change.tell,
    )
    if closing == task.closing:
        return task
    told_at = closing.at if closing.tell else task.told_at
    history = task.history if closing.note or not base.note else without_notes(task.history, CLOSED)
    after = replace(task, closing=closing, waits_until=None, told_at=told_at, history=history)
    return following(after, Entry(now, by, "closed", note=closing.words_since(base)))


def answered_help(
    task: Task, told_at: datetime, yes: bool, due_at: datetime, now: datetime
) -> Task:
    """What its person said to the words that closed it at `told_at`. A no opens it again, due
    anew; closed once more, it stays closed. Returns `task` itself when nothing changes."""
    if task.told_at != told_at or task.helped is yes:
        return task
    after = replace(task, helped=yes)
    if not yes and task.closing and task.closing.at == told_at:
        after = replace(after, closing=None, is_taken=False, due_at=due_at, overdue=False)
    return following(after, Entry(now, PERSON, "helped" if yes else "not_helped"))


def following(after: Task, entry: Entry) -> Task:
    """The next version."""
    return replace(after, history=with_entry(after.history, entry), version=after.version + 1)
