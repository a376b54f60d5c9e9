"""What an operation answers, for infra/openapi.py: its answers, its problems, its links."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from chalicelib.web.contract import OPERATIONS
from chalicelib.web.operation import JSON, Answer, Operation
from chalicelib.web.problem_schema import FieldsProblem, Problem
from infra.openapi_schemas import id_of, schema_of

PROBLEM = "application/problem+json"
# Which problem is told by which status, and whether it points at fields.
PROBLEMS: dict[int, tuple[str, tuple[type[BaseModel], ...]]] = {
    400: ("The body cannot be read, or what was asked for is refused.", (Problem,)),
    401: ("No key, or none that is known here.", (Problem,)),
    403: ("The key does not have the scope.", (Problem,)),
    404: ("There is no such thing.", (Problem,)),
    406: ("None of the kinds that were asked for.", (Problem,)),
    409: ("It does not fit together, or with what is stored.", (FieldsProblem, Problem)),
    413: ("The body is too large.", (Problem,)),
    415: ("The body is not sent as JSON.", (Problem,)),
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


def answers(one: Operation) -> dict[str, Any]:
    own = {str(status): _answer(status, answer, one) for status, answer in one.answers.items()}
    problems = {
        str(status): {"$ref": f"#/components/responses/{status}"} for status in _problems(one)
    }
    return own | problems


def shared() -> dict[str, Any]:
    """The problems that operations refer to, by status."""
    return {str(status): _problem(status) for status in (304, *PROBLEMS)}


def _answer(status: int, answer: Answer, one: Operation) -> dict[str, Any]:
    headers = HEADERS.get(status, {}) | ({"ETag": A_TEXT} if one.cached else {})
    if _is_list(one):
        headers |= {"Link": {**A_TEXT, "description": 'The next page, `rel="next"`.'}}
    links = dict(_links(one, status))
    schema = schema_of(answer.shapes) if answer.shapes else {}
    media = {answer.media_type: {"schema": schema} if schema else {}} if answer.media_type else {}
    media |= {kind: {"schema": {"type": "string"}} for kind in answer.also}
    return {
        "description": answer.what,
        **({"headers": headers} if headers else {}),
        **({"content": media} if media else {}),
        **({"links": links} if links else {}),
    }


def _links(one: Operation, status: int) -> Iterable[tuple[str, dict[str, Any]]]:
    """From a list to what it holds, and from what was made to itself."""
    places = [(one.path, "$response.body#/items/0/id")] if _is_list(one) else []
    if one.method == "POST" and status == 201:
        places = [(f"/v1/{one.tag}", "$response.body#/id")]
    for home, found in places:
        given = re.findall(r"{(\w+)}", home)
        for other in OPERATIONS:
            names = re.findall(r"{(\w+)}", other.path)
            below = other.path.startswith(f"{home}/{{") and names[:-1] == given
            if below and other.method in ("GET", "PATCH"):
                parameters = {name: f"$request.path.{name}" for name in given} | {names[-1]: found}
                yield id_of(other), {"operationId": id_of(other), "parameters": parameters}


def _is_list(one: Operation) -> bool:
    return one.query is not None and "cursor" in one.query.model_fields


def _problems(one: Operation) -> Iterable[int]:
    takes = bool(one.body or one.rows)
    told = {
        304: one.cached,
        400: takes or bool(one.query) or one.segments,
        401: bool(one.scope) or one.signed,
        403: bool(one.scope),
        404: "{" in one.path,
        406: one.offers_kinds,
        409: takes or bool(one.query) or one.segments,
        413: takes,
        415: takes,
        422: takes or bool(one.query),
        429: True,
        503: True,
    }
    return [status for status, is_told in told.items() if is_told]


def _problem(status: int) -> dict[str, Any]:
    if status == 304:
        return {"description": "What you have is still right.", "headers": {"ETag": A_TEXT}}
    what, shapes = PROBLEMS[status]
    headers = HEADERS.get(status)
    # API Gateway refuses by itself as well (infra/resources.yaml), and can only name JSON.
    kinds = (PROBLEM, JSON) if status in (413, 429) else (PROBLEM,)
    return {
        "description": what,
        **({"headers": headers} if headers else {}),
        "content": {kind: {"schema": schema_of(shapes)} for kind in kinds},
    }
