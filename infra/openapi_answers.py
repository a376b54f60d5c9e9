"""What a route answers, for infra/openapi.py: its answers, its problems, its links."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.web.answer import JSON, Answer
from chalicelib.web.schemas import FieldsProblem, Problem
from infra.openapi_routes import Route
from infra.openapi_schemas import GIVEN, Schemas

PROBLEM = "application/problem+json"
# The description and the shapes of the problem of each status.
PROBLEMS: dict[int, tuple[str, tuple[Any, ...]]] = {
    400: ("The body cannot be read, or what was asked for is refused.", (Problem,)),
    401: ("No key, or none that is known here.", (Problem,)),
    403: ("The key does not have the scope.", (Problem,)),
    404: ("There is no such thing.", (Problem,)),
    406: ("None of the kinds that were asked for.", (Problem,)),
    409: ("It does not fit together, or with what is stored.", (FieldsProblem, Problem)),
    413: ("The body is too large.", (Problem,)),
    415: ("The body is not sent as the kind that is taken here.", (Problem,)),
    422: ("A part of the request is not as this document says.", (FieldsProblem,)),
    429: ("Too many requests at once.", (Problem,)),
    503: ("Not just now.", (Problem,)),
}
A_TEXT = {"schema": {"type": "string"}}
SECONDS = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds."}}
HEADERS: dict[int, dict[str, Any]] = {
    201: {"Location": {**A_TEXT, "required": True}},
    401: {"WWW-Authenticate": {**A_TEXT, "required": True}},
    429: SECONDS,
    503: SECONDS,
}


def given_shapes(routes: Iterable[Route]) -> Iterable[Any]:
    yield from (Problem, FieldsProblem)
    for route in routes:
        for answer in route.endpoint.gives:
            yield from answer.shapes


def answers(route: Route, others: Sequence[Route], schemas: Schemas) -> dict[str, Any]:
    own = {
        str(answer.status): _answer(answer, route, others, schemas)
        for answer in route.endpoint.gives
    }
    problems = {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in _problems(route)
    }
    return own | problems


def shared(schemas: Schemas) -> dict[str, Any]:
    """The problems that routes refer to, by status."""
    return {str(status): _problem(status, schemas) for status in (304, *PROBLEMS)}


def _answer(
    answer: Answer[Any], route: Route, others: Sequence[Route], schemas: Schemas
) -> dict[str, Any]:
    headers = HEADERS.get(answer.status, {}) | ({"ETag": A_TEXT} if route.endpoint.cached else {})
    if route.is_list:
        headers |= {"Link": {**A_TEXT, "description": 'The next page, `rel="next"`.'}}
    links = dict(_links(route, answer.status, others))
    media = _media(answer, schemas) if route.method != "HEAD" else {}
    return {
        "description": answer.description,
        **({"headers": headers} if headers else {}),
        **({"content": media} if media else {}),
        **({"links": links} if links else {}),
    }


def _media(answer: Answer[Any], schemas: Schemas) -> dict[str, Any]:
    schema = {"schema": schemas.of(answer.shapes, GIVEN)} if answer.shapes else {}
    media = {answer.media_type: schema} if answer.media_type else {}
    return media | {kind: {"schema": {"type": "string"}} for kind in answer.also}


def _links(
    route: Route, status: int, others: Sequence[Route]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """From a list to its items, and from the answer of a POST to what it made."""
    places = [(route.path, "$response.body#/items/0/id")] if route.is_list else []
    if route.method == "POST" and status == 201:
        places = [(f"/v1/{route.tag}", "$response.body#/id")]
    for home, found in places:
        given = re.findall(r"{(\w+)}", home)
        for other in others:
            below = other.path.startswith(f"{home}/{{") and other.names[:-1] == given
            if below and other.method in ("GET", "PATCH"):
                parameters = {name: f"$request.path.{name}" for name in given}
                parameters[other.names[-1]] = found
                yield other.id, {"operationId": other.id, "parameters": parameters}


def _problems(route: Route) -> Iterable[int]:
    endpoint = route.endpoint
    takes = bool(endpoint.body or endpoint.rows)
    possible = {
        304: endpoint.cached,
        400: takes or bool(endpoint.query) or endpoint.segments,
        401: bool(endpoint.scope) or endpoint.signed,
        403: bool(endpoint.scope),
        404: bool(route.names),
        406: bool(endpoint.kinds),
        409: takes or bool(endpoint.query) or endpoint.segments or endpoint.conflicts,
        413: takes,
        415: takes,
        422: takes or bool(endpoint.query),
        429: True,
        503: True,
    }
    return [status for status, is_possible in possible.items() if is_possible]


def _problem(status: int, schemas: Schemas) -> dict[str, Any]:
    if status == 304:
        return {"description": "What you have is still right.", "headers": {"ETag": A_TEXT}}
    what, shapes = PROBLEMS[status]
    headers = HEADERS.get(status)
    # API Gateway refuses by itself as well (infra/resources.yaml), and can only name JSON.
    kinds = (PROBLEM, JSON) if status in (413, 415, 429) else (PROBLEM,)
    return {
        "description": what,
        **({"headers": headers} if headers else {}),
        "content": {kind: {"schema": schemas.of(shapes, GIVEN)} for kind in kinds},
    }
