"""Tasks, and what they were closed with."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.web.endpoint import api, json_body, query, sign_in
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/tasks", methods=["GET"])
@answering_problems
def list_tasks() -> HttpResponse:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.tasks import wiring as tasks_wiring
    from chalicelib.tasks.query import TasksQuery
    from chalicelib.tasks.show_tasks import show_all
    from chalicelib.web.pagination import list_response
    from chalicelib.web.query import read_query

    sign_in(Scope.TASKS_READ)
    asked = read_query(TasksQuery, query())
    tasks, last = tasks_wiring.tasks().page(asked.state, asked.limit, asked.after)
    again = {"state": asked.state, "limit": asked.limit}
    return list_response(show_all(tasks, responses_wiring.responses()), last, again)


@api.route("/v1/tasks/{task}", methods=["GET"])
@answering_problems
def show_task(task: str) -> HttpResponse:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.tasks import wiring as tasks_wiring
    from chalicelib.tasks.show_tasks import show_all

    sign_in(Scope.TASKS_READ)
    found = tasks_wiring.tasks().get(task)
    return json_response(200, show_all([found], responses_wiring.responses())[0])


@api.route("/v1/tasks/{task}", methods=["PATCH"], content_types=["*/*"])
@answering_problems
def patch_task(task: str) -> HttpResponse:
    """Closes a task with the cause of the trouble, or opens it again."""
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.tasks import wiring as tasks_wiring
    from chalicelib.tasks.change_task import change_task
    from chalicelib.tasks.show_tasks import read_change, show_all

    sign_in(Scope.TASKS_WRITE)
    change = read_change(json_body())
    changed = change_task(task, change, moments.now(), tasks_wiring.task_needs())
    return json_response(200, show_all([changed], responses_wiring.responses())[0])


@api.route("/v1/surveys/{survey}/causes", methods=["GET"])
@answering_problems
def show_causes(survey: str) -> HttpResponse:
    """Tasks opened and closed, causes fixed, and how often each cause was named."""
    from chalicelib.surveys import wiring as surveys_wiring
    from chalicelib.tally import wiring as tally_wiring
    from chalicelib.tally.tally import LOOP
    from chalicelib.tasks.show_tasks import show_loop
    from chalicelib.web.days import DaysQuery, days_of
    from chalicelib.web.query import read_query

    sign_in(Scope.TASKS_READ)
    zone = surveys_wiring.surveys().get(survey).tz
    asked = days_of(read_query(DaysQuery, query()), moments.day_in(moments.now(), zone))
    days = tally_wiring.tallies().days(survey, asked.first, asked.end, LOOP)
    range_asked = {"from": asked.first.isoformat(), "to": asked.end.isoformat()}
    facts = {"survey": survey, "tz": zone, **range_asked}
    return json_response(200, facts | show_loop(days.values()))
