"""The routes of tasks, and of the causes they were closed with."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.keys import tasks_in
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tally.tally import LOOP
from chalicelib.tasks import wiring
from chalicelib.tasks.change_task import change_task
from chalicelib.tasks.read_change import read_change
from chalicelib.tasks.schemas import (
    CauseCounts,
    ClosedTask,
    OpenTask,
    Task,
    TaskList,
    TasksQuery,
)
from chalicelib.tasks.show_tasks import show, show_all, show_cause_counts
from chalicelib.tasks.task import Change
from chalicelib.tasks.task import Task as StoredTask
from chalicelib.web.answer import ok
from chalicelib.web.call import Body, Call
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.days import DaysQuery, days_of
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import BY_REACH


@endpoint(
    "List the tasks",
    ok("Open ones by due time, closed ones the last closed first.", TaskList),
    description=BY_REACH,
    scope=Scope.TASKS_READ,
    query=TasksQuery,
    by_survey=True,
)
def list_tasks(call: Call[TasksQuery, Any]) -> TaskList:
    query = call.query
    after = listed_after(query.cursor, tasks_in(query.state))
    found, last = wiring.tasks().page(query.state, query.limit, after)
    tasks = [task for task in found if call.key.reaches(task.survey)]
    return {"items": show_all(tasks, responses_wiring.responses()), "next": encode_cursor(last)}


@endpoint("Show a task", ok("The task.", Task), scope=Scope.TASKS_READ, by_survey=True)
def show_task(call: Call[Any, Any], task: str) -> Task:
    return show(_reached(call, task), responses_wiring.responses())


@endpoint(
    "Close a task with the cause of the trouble, or open it again",
    ok("The task as it stands now.", Task),
    scope=Scope.TASKS_WRITE,
    body=Body(
        ClosedTask | OpenTask, read_change, {"state": "closed", "cause": "Wi-Fi", "fixed": False}
    ),
    by_survey=True,
)
def patch_task(call: Call[Any, Change], task: str) -> Task:
    _reached(call, task)
    changed = change_task(task, call.body, call.key.id, call.now, wiring.change_task_needs())
    return show(changed, responses_wiring.responses())


@endpoint(
    "Count the causes that tasks were closed with",
    ok("The most frequent first.", CauseCounts),
    scope=Scope.TASKS_READ,
    query=DaysQuery,
)
def show_causes(call: Call[DaysQuery, Any], survey: str) -> CauseCounts:
    definition = surveys_wiring.surveys().get(survey)
    days = days_of(call.query, moments.day_in(call.now, definition.tz))
    counted = tally_wiring.tallies().days(survey, days.first, days.end, LOOP)
    return show_cause_counts(definition, days, counted.values())


def _reached(call: Call[Any, Any], task_id: str) -> StoredTask:
    """Raises NotFound."""
    task = wiring.tasks().get(task_id)
    call.reached(task.survey, "task")
    return task
