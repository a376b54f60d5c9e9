"""A page of tasks."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import ids, keys
from chalicelib.disclosure.by_day import ByDay, Position, cursor_of, position_of, read_stretch
from chalicelib.table import Item
from chalicelib.tasks.schemas import TaskList, TasksQuery
from chalicelib.tasks.show_tasks import ShowTasksNeeds, due_as_shown, show_all
from chalicelib.tasks.store import TaskStore, task_place
from chalicelib.tasks.task import CLOSED, OPEN, Task
from chalicelib.web.cursor import encode_cursor, listed_after


def list_tasks(
    query: TasksQuery,
    reaches: Callable[[str], bool],
    now: datetime,
    tasks: TaskStore,
    needs: ShowTasksNeeds,
) -> TaskList:
    """Open ones by due time, closed ones the last closed first. A key that may not know when an
    answer came gets open ones by the day when they are due. Raises Conflict."""
    if needs.told.sees_people:
        listed = keys.tasks_in(_listed(query))
        after = listed_after(query.cursor, listed)
        found, place = tasks.page(_listed(query), query.limit, after["list_sk"] if after else None)
        cursor = encode_cursor(_last(listed, place) if place else None)
    else:
        found, position = _page_of_days(query, tasks, needs)
        cursor = cursor_of(position, needs.told)
    reached = [task for task in found if reaches(task.survey) and _is_asked(task, query, now)]
    shown = show_all(reached, now, needs)
    # By what is shown: who is told days learns no more by the filter.
    wanted = [task for task in shown if query.overdue in (None, str(task["overdue"]).lower())]
    return {"items": wanted, "next": cursor}


def _listed(query: TasksQuery) -> str:
    return CLOSED if query.state == CLOSED else OPEN


def _is_asked(task: Task, query: TasksQuery, now: datetime) -> bool:
    pairs = ((query.survey, task.survey), (query.team, task.team_id), (query.owner, task.owner))
    fits = all(wanted in (None, found) for wanted, found in pairs)
    return fits and query.state in (task.listed_in, task.state(now))


def _last(listed: str, place: str) -> Item:
    return {**keys.task(keys.id_listed(place)).as_item(), "list_pk": listed, "list_sk": place}


def _page_of_days(
    query: TasksQuery, tasks: TaskStore, needs: ShowTasksNeeds
) -> tuple[list[Task], Position | None]:
    at = position_of(query.cursor, ids.derived_id("tasks", _listed(query)), needs.told)
    if query.state == CLOSED:
        # When a team closed a task tells nothing of the answer; the place holds its id.
        found, place = tasks.page(CLOSED, query.limit, at.after or None)
        return found, Position(at.of, place) if place else None
    listed = ByDay(
        lambda count, place: tasks.page(OPEN, count, place),
        task_place,
        lambda task: due_as_shown(task, needs.zone_of(task.survey), needs.told),
        lambda task: needs.told.shown_id(task.id),
    )
    stretch = read_stretch(listed, at, query.limit)
    found, more = stretch.rows[: query.limit], len(stretch.rows) > query.limit
    return found, stretch.behind(listed.key_of(found[-1]) if more else None)
