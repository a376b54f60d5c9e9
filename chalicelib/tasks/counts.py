"""What tasks add to the counts. Pure."""

from chalicelib.tally.tally import CAUSE, COURSE, FIXED, LOOP, Cell, difference, merged
from chalicelib.tasks.course import course_counts
from chalicelib.tasks.task import Task


def task_contribution(task: Task) -> dict[Cell, dict[str, int]]:
    """The counts that one task adds to its survey."""
    opened: dict[Cell, dict[str, int]] = {}
    if task.opened_day:
        opened = {(LOOP, task.opened_day): {"opened": 1}}
        opened |= {(COURSE, task.opened_day): course_counts(task)}
    if task.closing is None:
        return merged(opened)
    closing, fixed = task.closing, task.closing.fixed
    counts = {"closed": 1, f"{CAUSE}{closing.cause}": 1} | ({"fixed": 1} if fixed else {})
    causes = {(COURSE, closing.day): {f"{FIXED}{closing.cause}": 1}} if fixed else {}
    return merged(opened, {(LOOP, closing.day): counts}, causes)


def task_changes(before: Task | None, after: Task | None) -> dict[Cell, dict[str, int]]:
    """The differences in the counts when `before` becomes `after`; None is no task."""
    old = task_contribution(before) if before else {}
    new = task_contribution(after) if after else {}
    cells = old.keys() | new.keys()
    return {cell: difference(old.get(cell, {}), new.get(cell, {})) for cell in sorted(cells)}
