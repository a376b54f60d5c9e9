"""How a task goes: when it was first touched and closed, in hours of the clock and in working
hours. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from chalicelib.tasks.history import HEED, PERSON
from chalicelib.tasks.task import Task, Touch

# Handing a task on touches nobody who waits.
TOUCHES: Final = ("taken", "waiting", "noted", "closed")
AN_HOUR: Final = timedelta(hours=1)
# Below it each hour is counted apart, above it each day, and all that is longer as one.
EXACT_HOURS: Final = 7 * 24
LONGEST_HOURS: Final = 90 * 24


def measured(before: Task, after: Task, now: datetime, worked: Callable[[Task], int]) -> Task:
    """`worked` gives the whole working hours of a task up to now. It is asked for only when
    something has to be measured."""
    if not after.history or after.history[-1].by in (HEED, PERSON):
        return after
    is_touched = after.touched is None and after.history[-1].what in TOUCHES
    is_closed = after.closing is not None and before.closing is None
    if not is_touched and not is_closed:
        return after
    hours = worked(after)
    if is_touched:
        after = replace(after, touched=Touch(now, hours, now <= after.due_at))
    if after.closing and is_closed:
        after = replace(after, closing=replace(after.closing, worked_hours=hours))
    return after


def course_counts(task: Task) -> dict[str, int]:
    """What a task adds to the counts of the day on which it was opened."""
    if task.is_ended_by_answer:
        return {"improved": 1}  # nobody had to do anything
    helped = {None: {}, True: {"helped": 1}, False: {"not_helped": 1}}[task.helped]
    return _touch(task) | _closing(task) | helped


def bin_of(hours: int) -> int:
    if hours < EXACT_HOURS:
        return max(hours, 0)
    return min(hours // 24 * 24, LONGEST_HOURS)


def _touch(task: Task) -> dict[str, int]:
    touch = task.touched
    if touch is None:
        return {"untouched": 1} if task.overdue else {}
    in_time = {"touched_in_time": 1} if touch.in_time else {}
    return in_time | _taken("touched", task, touch.at, touch.worked_hours)


def _closing(task: Task) -> dict[str, int]:
    closing = task.closing
    if closing is None:
        return {"overdue": 1} if task.overdue else {}
    in_time = {"closed_in_time" if closing.at <= task.due_at else "overdue": 1}
    return in_time | _taken("closed", task, closing.at, closing.worked_hours)


def _taken(what: str, task: Task, at: datetime, worked_hours: int | None) -> dict[str, int]:
    hours = bin_of((at - task.starts_at) // AN_HOUR)
    worked = {} if worked_hours is None else {f"{what}|worked|{bin_of(worked_hours)}": 1}
    return {what: 1, f"{what}|hours|{hours}": 1} | worked
