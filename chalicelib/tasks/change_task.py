"""Opens and closes tasks: the task and its counts in one transaction, exactly once.

A change is decided on the task as it was read and written only if it still is that; a
caller that does not know what became of its first try simply tries again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib import moments
from chalicelib.errors import CauseRefused, WriteRefused
from chalicelib.retry import retrying
from chalicelib.surveys.cause import listed_as
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import shard_for, write_counted
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import OPEN, Change, Task, closed, reopened


@dataclass(frozen=True)
class ChangeTaskNeeds:
    """`pause(attempt)` waits between tries, with jitter; `pick(n)` gives 0..n-1 by chance."""

    tasks: TaskStore
    survey: Callable[[str], Survey]
    pause: Callable[[int], None]
    pick: Callable[[int], int]


def add_task(task: Task, needs: ChangeTaskNeeds) -> None:
    """The same task again is no second one."""
    with suppress(WriteRefused):
        write_counted(lambda shard: needs.tasks.add(task, shard), needs.pause, needs.pick)


def change_task(task_id: str, change: Change, now: datetime, needs: ChangeTaskNeeds) -> Task:
    """Raises NotFound, CauseRefused and, after all tries, Unavailable."""

    def decide(attempt: int) -> Task:
        before = needs.tasks.get(task_id)
        after = _after(before, change, now, needs)
        if after is not before:
            needs.tasks.replace(before, after, shard_for(attempt, needs.pick))
        return after

    return retrying(decide, needs.pause)


def _after(before: Task, change: Change, now: datetime, needs: ChangeTaskNeeds) -> Task:
    if change.state == OPEN:
        return reopened(before)
    survey = needs.survey(before.survey)
    cause = _cause(before, change.cause, survey, needs)
    return closed(before, cause, change, now, moments.day_in(now, survey.tz).isoformat())


def _cause(task: Task, said: str | None, survey: Survey, needs: ChangeTaskNeeds) -> str:
    if said is None and task.closing:
        return task.closing.cause
    if said is None:
        raise CauseRefused("cause_missing", survey.causes)
    if not survey.causes:
        return needs.tasks.spelling(survey.id, said)
    listed = listed_as(said, survey.causes)
    if listed is None:
        raise CauseRefused("cause_unknown", survey.causes)
    return listed
