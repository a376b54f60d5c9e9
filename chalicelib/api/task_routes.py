"""Tasks."""

from chalice.app import Response as HttpResponse

from chalicelib.api.door import api, query, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/tasks", methods=["GET"])
@answering_problems
def list_tasks() -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.lists import list_response, page_of
    from chalicelib.api.tasks import show_all
    from chalicelib.loop.task import OPEN

    sign_in(Scope.TASKS_READ)
    page = page_of(query(), "PK", "SK", "list_pk", "list_sk")
    tasks, last = wiring.tasks().page(OPEN, page.limit, page.after)
    return list_response(show_all(tasks, wiring.responses()), last)


@api.route("/v1/tasks/{task}", methods=["GET"])
@answering_problems
def show_task(task: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.tasks import show_all

    sign_in(Scope.TASKS_READ)
    found = wiring.tasks().get(task)
    return json_response(200, show_all([found], wiring.responses())[0])
