"""How a task ends, and opens again, because its answer changed. Pure."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.tasks.closing import Closing
from chalicelib.tasks.history import ASKS_NO_MORE, HEED, Entry
from chalicelib.tasks.task import BY_ANSWER, Task, following


def asking_no_more(task: Task, now: datetime, day: str) -> Task:
    """The answer asks for nobody any more. Whoever has taken the task, or opens it again, decides
    what that means. Returns `task` itself when nothing changes."""
    if task.closing or task.asks_no_more:
        return task
    cause, what = BY_ANSWER[task.by_wish], ASKS_NO_MORE[task.by_wish]
    closing = None if task.is_taken else Closing(cause, False, None, now, day)
    return following(replace(task, closing=closing), Entry(now, HEED, what))


def bad_again(task: Task, planned: Task) -> Task:
    """As it would be `planned` now, when only its answer had closed it. Else returns `task`
    itself."""
    if not task.is_ended_by_answer:
        return task
    now = planned.created_at
    anew = replace(task, due_at=planned.due_at, overdue=False, again_at=now, touched=None)
    anew = replace(anew, conditions=planned.conditions, by_wish=planned.by_wish)
    return following(replace(anew, closing=None), Entry(now, HEED, "opened_again"))
