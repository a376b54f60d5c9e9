"""The pages of tasks, for who is signed in."""

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.list_tasks import list_tasks
from chalicelib.tasks.schemas import TasksQuery


@page(Scope.TASKS_READ, query=TasksQuery, by_survey=True)
def show_tasks(visit: Visit[TasksQuery]) -> Shown:
    needs = tasks_wiring.show_tasks_needs(disclosure_for(visit.key))
    listed = list_tasks(visit.query, visit.key.reaches, visit.now, tasks_wiring.tasks(), needs)
    return Shown("tasks/list", {"tasks": listed["items"], "next": listed["next"]})
