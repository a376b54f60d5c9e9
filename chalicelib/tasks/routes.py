"""The routes of tasks, and of the causes they were closed with."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tally.tally import LOOP
from chalicelib.tasks import wiring
from chalicelib.tasks.change_task import change_task
from chalicelib.tasks.export import file_of
from chalicelib.tasks.list_tasks import list_tasks as list_page
from chalicelib.tasks.open_by_hand import open_by_hand
from chalicelib.tasks.read_change import read_change
from chalicelib.tasks.schemas import (
    CauseCounts,
    ClosedTask,
    NotedTask,
    OpenTask,
    TakenTask,
    Task,
    TaskBody,
    TaskList,
    TasksQuery,
    WaitingTask,
)
from chalicelib.tasks.show_tasks import ShowTasksNeeds, show, show_cause_counts
from chalicelib.tasks.task import Change
from chalicelib.tasks.task import Task as StoredTask
from chalicelib.web.answer import CSV, JSON, Reply, created, made, ok
from chalicelib.web.audited import OWN_HISTORY
from chalicelib.web.call import Body, Call, json_body
from chalicelib.web.days import DaysQuery, days_of
from chalicelib.web.endpoint import endpoint
from chalicelib.web.next_link import next_link
from chalicelib.web.pagination import BY_REACH

NEW = {
    "survey": "it-help-desk",
    "note": "Ask the cafeteria how the new card readers do.",
    "due_at": "2030-01-31T12:00:00Z",
}


@endpoint(
    "List the tasks",
    ok("Open ones by due time, closed ones the last closed first.", TaskList, also=(CSV,)),
    description=f"{BY_REACH} So may one that is filtered.",
    scope=Scope.TASKS_READ,
    query=TasksQuery,
    by_survey=True,
)
def list_tasks(call: Call[TasksQuery, Any]) -> TaskList | HttpResponse:
    page = list_page(call.query, call.key.reaches, call.now, wiring.tasks(), _needs(call))
    if call.kind == JSON:
        return page
    link = {"Link": next_link(call.asked, page["next"])} if page["next"] else {}
    return file_of(page["items"], Vary="Accept", **link)


@endpoint(
    "Open a task by hand",
    created("The task.", Task),
    description="Somebody has to act, and no answer says so. The note is the first of its history."
    " No erasure of a person finds it: name nobody in it.",
    scope=Scope.TASKS_WRITE,
    body=json_body(TaskBody, NEW),
    repeats=True,
    by_survey=True,
    not_noted=OWN_HISTORY,
)
def open_task(call: Call[Any, TaskBody]) -> Reply[Task]:
    call.key.refuse_foreign(call.body.survey)
    needs, shown = wiring.open_by_hand_needs(), _needs(call)
    once = call.once(["tasks", call.json], needs.deliveries)
    task = show(open_by_hand(call.body, call.key.id, once, call.now, needs), call.now, shown)
    return made(task, f"/v1/tasks/{task['id']}")


@endpoint("Show a task", ok("The task.", Task), scope=Scope.TASKS_READ, by_survey=True)
def show_task(call: Call[Any, Any], task: str) -> Task:
    needs = _needs(call)
    return show(_reached(call, needs, task), call.now, needs)


@endpoint(
    "Take a task, hand it on, note, wait, or close it with the cause of the trouble",
    ok("The task as it stands now.", Task),
    scope=Scope.TASKS_WRITE,
    body=Body(
        ClosedTask | OpenTask | TakenTask | WaitingTask | NotedTask,
        read_change,
        {"state": "closed", "cause": "Wi-Fi", "fixed": False},
    ),
    by_survey=True,
    not_noted=OWN_HISTORY,
)
def patch_task(call: Call[Any, Change], task: str) -> Task:
    needs = _needs(call)
    task_id = _reached(call, needs, task).id
    by, change_needs = call.key.id, wiring.change_task_needs()
    return show(change_task(task_id, call.body, by, call.now, change_needs), call.now, needs)


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


def _needs(call: Call[Any, Any]) -> ShowTasksNeeds:
    return wiring.show_tasks_needs(disclosure_for(call.key))


def _reached(call: Call[Any, Any], needs: ShowTasksNeeds, shown_id: str) -> StoredTask:
    """Raises NotFound."""
    task = wiring.tasks().get(needs.told.real_id(shown_id, "task"))
    call.reached(task.survey, "task")
    return task
