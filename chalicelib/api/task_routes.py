"""Tasks, and what they were closed with."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, json_body, query, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/tasks", methods=["GET"])
@answering_problems
def list_tasks() -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.lists import list_response
    from chalicelib.api.queries import read_query
    from chalicelib.api.queries_tasks import TasksQuery
    from chalicelib.api.tasks import show_all

    sign_in(Scope.TASKS_READ)
    asked = read_query(TasksQuery, query())
    tasks, last = wiring.tasks().page(asked.state, asked.limit, asked.after)
    again = {"state": asked.state, "limit": asked.limit}
    return list_response(show_all(tasks, wiring.responses()), last, again)


@api.route("/v1/tasks/{task}", methods=["GET"])
@answering_problems
def show_task(task: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.tasks import show_all

    sign_in(Scope.TASKS_READ)
    found = wiring.tasks().get(task)
    return json_response(200, show_all([found], wiring.responses())[0])


@api.route("/v1/tasks/{task}", methods=["PATCH"], content_types=["*/*"])
@answering_problems
def patch_task(task: str) -> HttpResponse:
    """Closes a task with the cause of the trouble, or opens it again."""
    from chalicelib import wiring
    from chalicelib.api.tasks import read_change, show_all
    from chalicelib.loop.change import change_task

    sign_in(Scope.TASKS_WRITE)
    change = read_change(json_body())
    changed = change_task(task, change, moments.now(), wiring.task_needs())
    return json_response(200, show_all([changed], wiring.responses())[0])


@api.route("/v1/surveys/{survey}/causes", methods=["GET"])
@answering_problems
def show_causes(survey: str) -> HttpResponse:
    """Tasks opened and closed, causes fixed, and how often each cause was named."""
    from chalicelib import wiring
    from chalicelib.api.queries import read_query
    from chalicelib.api.ranges import DaysQuery, days_of
    from chalicelib.api.tasks import show_loop
    from chalicelib.score.tally import LOOP

    sign_in(Scope.TASKS_READ)
    zone = wiring.surveys().get(survey).tz
    asked = days_of(read_query(DaysQuery, query()), moments.day_in(moments.now(), zone))
    days = wiring.tallies().days(survey, asked.first, asked.end, LOOP)
    range_asked = {"from": asked.first.isoformat(), "to": asked.end.isoformat()}
    facts = {"survey": survey, "tz": zone, **range_asked}
    return json_response(200, facts | show_loop(days.values()))
