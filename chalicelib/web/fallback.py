"""Answers what no route of /v1 does: HEAD as GET without its body, OPTIONS, 405 with Allow, and
404 for an unknown address."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Chalice
from chalice.app import Response as HttpResponse

from chalicelib.errors import MethodNotAllowed, NotFound
from chalicelib.logs import log_request
from chalicelib.web.problems import problem_for

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# API Gateway falls through to a greedy path when the exact one has no such method.
THE_REST = "/v1/{rest+}"


def answer_the_rest(app: Chalice) -> None:
    """Call it after all other routes are registered."""
    routes: Mapping[str, Mapping[str, Any]] = app.routes

    @app.route(THE_REST, methods=list(METHODS), content_types=["*/*"])
    def answer_other() -> HttpResponse:
        try:
            response = _answer(app.current_request, routes)
        except (MethodNotAllowed, NotFound) as error:
            response = problem_for(error)
        log_request("answer_other", response.status_code)
        return response


def _answer(request: Any, routes: Mapping[str, Mapping[str, Any]]) -> HttpResponse:
    """Raises MethodNotAllowed or NotFound."""
    (rest,) = request.uri_params.values()
    pattern, arguments = _find(f"/v1/{rest}", routes)
    methods = routes[pattern]
    if request.method == "HEAD" and "GET" in methods:
        answer: HttpResponse = methods["GET"].view_function(**arguments)
        answer.body = ""
        return answer
    allowed = [name for name in METHODS if name in methods or _is_implied(name, methods)]
    if request.method == "OPTIONS":
        return HttpResponse("", status_code=204, headers={"Allow": ", ".join(allowed)})
    raise MethodNotAllowed(allowed)


def _is_implied(method: str, methods: Mapping[str, Any]) -> bool:
    return method == "OPTIONS" or (method == "HEAD" and "GET" in methods)


def _find(path: str, patterns: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """A fixed word in a pattern wins over a name in braces. Raises NotFound."""
    given = path.split("/")
    for pattern in sorted(patterns):
        wanted = pattern.split("/")
        if pattern != THE_REST and len(wanted) == len(given):
            pairs = list(zip(wanted, given, strict=True))
            if all(want == have or (want[0] == "{" and have) for want, have in pairs[1:]):
                return pattern, {want[1:-1]: have for want, have in pairs if want[:1] == "{"}
    raise NotFound("address")
