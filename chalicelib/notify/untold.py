"""Open tasks of whose opening nobody may have been told, since its event was lost. Pure."""

from datetime import datetime
from typing import Any, Final

from chalicelib.tasks.history import ASKS_NO_MORE
from chalicelib.tasks.task import Task

# What ends a task, or takes nobody's word that it is over. What comes next opens it again.
ENDS: Final = ("closed", *ASKS_NO_MORE)
ARRIVED: Final = "TaskImported"  # stands for an event, since an import makes none
OPENS: Final = ("opened_again", "not_helped")


def opening_of(task: Task) -> dict[str, Any] | None:
    """The event that told of it, if nothing has happened since: whoever did something knows of the
    task."""
    if task.closing or task.team_id is None or opened_at(task) is None:
        return None
    told = {"task": task.id, "owner": task.owner, "task_version": task.version}
    return {"detail-type": "TaskOpened", "detail": {"id": "sweep", **told}}


def arrival_of(task: Task, since: datetime) -> dict[str, Any] | None:
    """Of an open task that was imported since then: its people were told of it in another stack,
    and whom it is to remind here is not written yet."""
    is_new = task.imported_at is not None and since <= task.imported_at
    if not is_new or task.closing or task.team_id is None:
        return None
    told = {"task": task.id, "owner": task.owner, "task_version": task.version}
    return {"detail-type": ARRIVED, "detail": {"id": "sweep", **told}}


def is_told(task: Task, at: datetime) -> bool:
    """Of what happened `at` this time, because the task came here later."""
    return task.imported_at is not None and at <= task.imported_at


def opened_at(task: Task) -> datetime | None:
    """None when something has happened since."""
    before, last = ([None, None, *task.history])[-2:]
    if last is None or (before is None and last.what == "opened"):
        return task.created_at
    is_again = last.what in OPENS and before is not None and before.what in ENDS
    return last.at if is_again else None
