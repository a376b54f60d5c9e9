"""Opens and closes tasks. The task and its counts are written in one transaction, exactly once.

A change is written only if the task is still as it was read. A caller that does not know
whether the first try was written can try again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib import moments
from chalicelib.errors import CauseRefused, NotFound, WriteRefused
from chalicelib.retry import retrying
from chalicelib.surveys.cause import listed_as
from chalicelib.surveys.definition import Survey
from chalicelib.tally.shards import ShardOf, write_counted
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import OPEN, Change, Task, closed, reopened


@dataclass(frozen=True)
class ChangeTaskNeeds:
    """`pause(attempt)` waits between tries, with jitter."""

    tasks: TaskStore
    survey: Callable[[str], Survey]
    pause: Callable[[int], None]
    shard_of: ShardOf


def add_task(task: Task, needs: ChangeTaskNeeds) -> None:
    # The task may have been written already, because the event can come twice.
    with suppress(WriteRefused):
        write_counted(
            lambda shard: needs.tasks.add(task, shard), task.survey, needs.shard_of, needs.pause
        )


def change_task(
    task_id: str, change: Change, by: str, now: datetime, needs: ChangeTaskNeeds
) -> Task:
    """`by` is the id of a key. Raises NotFound, CauseRefused and, after all tries, Unavailable."""

    def decide(attempt: int) -> Task:
        before = needs.tasks.get(task_id)
        after = _after(before, change, now, needs)
        if after is not before:
            shard = needs.shard_of(after.survey, attempt)
            needs.tasks.replace(before, after, by, shard)
        return after

    return retrying(decide, needs.pause)


def delete_task(task_id: str, needs: ChangeTaskNeeds) -> None:
    """Safe to run twice. Raises Unavailable after all tries."""

    def delete(attempt: int) -> None:
        with suppress(NotFound):
            task = needs.tasks.get(task_id)
            needs.tasks.delete(task, needs.shard_of(task.survey, attempt))

    retrying(delete, needs.pause)


def _after(before: Task, change: Change, now: datetime, needs: ChangeTaskNeeds) -> Task:
    if change.state == OPEN:
        return reopened(before)
    survey = needs.survey(before.survey)
    cause = _cause(before, change.cause, survey, needs)
    return closed(before, cause, change, now, moments.day_in(now, survey.tz).isoformat())


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
