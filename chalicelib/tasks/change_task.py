"""Opens and closes tasks. The task and its counts are written in one transaction, exactly once.

A change is written only if the task is still as it was read. A caller that does not know
whether the first try was written can try again.
"""

from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.errors import (
    CauseRefused,
    ChangedMeanwhile,
    Conflict,
    FieldError,
    NotFound,
    WriteRefused,
)
from chalicelib.responses.response import Response
from chalicelib.retry import retrying
from chalicelib.surveys.cause import listed_as
from chalicelib.surveys.definition import Survey
from chalicelib.table import Write
from chalicelib.tally.shards import ShardOf, write_counted
from chalicelib.tasks.course import AN_HOUR, measured
from chalicelib.tasks.end_by_answer import asking_no_more, bad_again
from chalicelib.tasks.plan import asks_still
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import (
    BY_ANSWER,
    CLOSED,
    OPEN,
    TAKEN,
    Change,
    Task,
    closed,
    worked_on,
)
from chalicelib.teams.due import worked_between
from chalicelib.teams.team import Calendar, Team

FARTHEST: Final = timedelta(days=3652)


class ChangeTaskNeeds(Struct, frozen=True):
    """`pause(attempt)` waits between tries, with jitter. `holidays` are those of a calendar."""

    tasks: TaskStore
    survey: Callable[[str], Survey]
    team: Callable[[str], Team | None]
    pause: Callable[[int], None]
    shard_of: ShardOf
    holidays: Callable[[Calendar | None], Container[date]]


def add_task(task: Task, needs: ChangeTaskNeeds, also: Sequence[Write] = ()) -> None:
    """With other writes, if any."""

    def add(shard: int) -> None:
        needs.tasks.add(task, shard, also)

    try:
        write_counted(add, task.survey, needs.shard_of, needs.pause)
    except WriteRefused as refused:
        # The task may have been written already, because the event can come twice. Or the answer
        # asked for nobody in between, and asks again.
        if (refused.current or {}).get("cause") in BY_ANSWER:
            rewrite(task.id, None, lambda before: bad_again(before, task), needs)


def close_unasked(response: Response, now: datetime, needs: ChangeTaskNeeds) -> None:
    """Of an answer that the plan wants no task of now. A task stays that its answer still asks for
    by the plan under which it was opened. Safe to run twice, and where there is no task. Raises
    Unavailable after all tries."""

    def after(before: Task) -> Task:
        if asks_still(before.conditions, response):
            return before
        day = moments.day_in(now, needs.survey(before.survey).tz).isoformat()
        return asking_no_more(before, now, day)

    with suppress(NotFound):
        rewrite(response.id, None, after, needs)


def mark_overdue(task_id: str, now: datetime, needs: ChangeTaskNeeds) -> bool:
    """Safe to run twice, and where there is no task. Gives whether it is overdue. Raises
    Unavailable after all tries."""

    def after(before: Task) -> Task:
        is_overdue = before.closing is None and before.due_at <= now
        return replace(before, overdue=True) if is_overdue and not before.overdue else before

    try:
        return rewrite(task_id, None, after, needs).overdue
    except NotFound:
        return False


def change_task(
    task_id: str,
    change: Change,
    by: str,
    now: datetime,
    needs: ChangeTaskNeeds,
    seen: int | None = None,
) -> Task:
    """`by` is the id of a key, or of one of the team's people. `seen` is the version that somebody
    looked at; None takes any. Raises NotFound, CauseRefused, Conflict, ChangedMeanwhile and, after
    all tries, Unavailable."""

    def after(task: Task) -> Task:
        if seen in (None, task.version):
            return _changed(task, change, by, now, needs)
        last = task.history[-1] if task.history else None
        if last and (last.at, last.by) == (now, by):
            return task  # our own try, whose answer was lost
        raise ChangedMeanwhile

    return rewrite(task_id, by, after, needs)


def change_if_undone(
    task_id: str, change: Change, by: str, now: datetime, needs: ChangeTaskNeeds
) -> Task:
    """For whoever sees an old picture of the task: a task that somebody has is not taken from
    them, and a closed one stays as it is. Raises as change_task."""

    def after(task: Task) -> Task:
        if task.closing or change.state == TAKEN == task.state(now):
            return task
        return _changed(task, change, by, now, needs)

    return rewrite(task_id, by, after, needs)


def delete_task(task_id: str, needs: ChangeTaskNeeds) -> None:
    """Safe to run twice. Raises Unavailable after all tries."""

    def delete(attempt: int) -> None:
        with suppress(NotFound):
            task = needs.tasks.get(task_id)
            needs.tasks.delete(task, needs.shard_of(task.survey, attempt))

    retrying(delete, needs.pause)


def rewrite(
    task_id: str, by: str | None, decide: Callable[[Task], Task], needs: ChangeTaskNeeds
) -> Task:
    def rewrite(attempt: int) -> Task:
        before = needs.tasks.get(task_id)
        after = decide(before)
        if after is not before:
            needs.tasks.replace(before, after, by, needs.shard_of(after.survey, attempt))
        return after

    return retrying(rewrite, needs.pause)


def _changed(before: Task, change: Change, by: str, now: datetime, needs: ChangeTaskNeeds) -> Task:
    after = _after(before, change, by, now, needs)
    return measured(before, after, now, lambda task: _worked_hours(task, now, needs))


def _after(before: Task, change: Change, by: str, now: datetime, needs: ChangeTaskNeeds) -> Task:
    if change.state != CLOSED:
        _refuse_unfit(before, change, now, needs)
        return worked_on(before, change, by, now)
    survey = needs.survey(before.survey)
    _refuse_telling(before, change, survey)
    cause = _cause(before, change.cause, survey, needs)
    return closed(before, cause, change, by, now, moments.day_in(now, survey.tz).isoformat())


def _worked_hours(task: Task, now: datetime, needs: ChangeTaskNeeds) -> int:
    team = needs.team(task.team_id) if task.team_id else None
    calendar = team.calendar if team else None
    holidays = needs.holidays(calendar)
    return worked_between(task.starts_at, now, calendar, holidays) // AN_HOUR


def _refuse_unfit(task: Task, change: Change, now: datetime, needs: ChangeTaskNeeds) -> None:
    """Raises Conflict."""
    if task.closing and change.state != OPEN:
        raise _unfit("state", "task_closed", "The task is closed: open it again first.")
    if change.until:
        refuse_time("until", change.until, now)
    if change.owner and change.owner != task.owner:
        refuse_stranger(change.owner, task.team_id, needs)


def _refuse_telling(task: Task, change: Change, survey: Survey) -> None:
    """Raises Conflict."""
    if change.tell and survey.is_sealed:
        raise _unfit("tell", "nobody_to_tell", "The survey does not say who answered.")
    told = task.closing and task.closing.tell
    if change.tell and told and told != change.tell:
        raise _unfit("tell", "told_already", "The person was told already.")


def refuse_stranger(owner: str, team_id: str | None, needs: ChangeTaskNeeds) -> None:
    """Raises Conflict."""
    team = needs.team(team_id) if team_id else None
    if owner not in {member.id for member in (team.people if team else ())}:
        raise _unfit("owner", "owner_unknown", "Nobody in the task's team has this id.")


def refuse_time(field: str, moment: datetime, now: datetime) -> None:
    """`field` is `until` or `due_at`. Raises Conflict."""
    named = field.removesuffix("_at")
    if moment <= now:
        raise _unfit(field, f"{named}_past", "A time to come.")
    if moment > now + FARTHEST:
        raise _unfit(field, f"{named}_far", "A time within ten years.")


def _unfit(field: str, code: str, detail: str) -> Conflict:
    return Conflict([FieldError(f"#/{field}", code, detail)])


def _cause(task: Task, given: str | None, survey: Survey, needs: ChangeTaskNeeds) -> str:
    if given is None and task.closing:
        return task.closing.cause
    if given is None:
        raise CauseRefused("cause_missing", survey.causes)
    if not survey.causes:
        return needs.tasks.spelling(survey.id, given)
    listed = listed_as(given, survey.causes)
    if listed is None:
        raise CauseRefused("cause_unknown", survey.causes)
    return listed
