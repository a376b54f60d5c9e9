"""The OpenAPI 3.1 document of /v1, from chalicelib/api/contract.py and pydantic's schemas."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from types import UnionType
from typing import Any, get_args

from openapi_pydantic.util import PydanticSchema, construct_open_api_with_schema_class
from openapi_pydantic.v3.v3_1 import OpenAPI
from pydantic import BaseModel

from chalicelib.api.contract import OPERATIONS
from chalicelib.api.invitations import IDEMPOTENCY_KEY
from chalicelib.api.operation import CSV, JSON, Answer, Operation
from chalicelib.api.problems import ID
from chalicelib.api.queries import Query
from chalicelib.api.shapes.problems import FieldsProblem, Problem
from chalicelib.survey.definition import SURVEY_ID

HOME = Path(__file__).parents[1] / "chalicelib" / "api" / "openapi.json"
PROBLEM = "application/problem+json"
ABOUT = """\
Surveys after a service: who is asked, what they said, and what the numbers say.

Sign in with a key: `Authorization: Bearer KEY`, or Basic with the key as user name and any
password. Each operation names the scope that the key needs.

Errors are problem documents (RFC 9457). 422: a part of the request is not as this document
says. 409: all of it is, but it does not fit together or with what is stored. After 429 and
503 wait `Retry-After` seconds. HEAD works wherever GET does; any other method is answered 405.

Times are RFC 3339 in UTC. Ranges of days are half-open, in the survey's time zone. Lists are
read page by page: `next`, or the `Link` header, leads to the next one.
"""
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key."},
    "basic": {"type": "http", "scheme": "basic", "description": "An API key as user name."},
    "signature": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Zendesk-Webhook-Signature",
        "description": "As Zendesk signs its webhooks, with the time beside it.",
    },
}
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
PATH_PARTS: dict[str, dict[str, Any]] = {
    "survey": {"type": "string", "pattern": SURVEY_ID},
    "file": {"type": "string", "enum": ["start.js", "swagger-ui.css", "swagger-ui.js"]},
}
ANY_ID = {"type": "string", "pattern": f"^{ID}$"}


def document() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    open_api = OpenAPI.model_validate(
        {
            "openapi": "3.1.1",
            "info": {"title": "Heed", "version": "1", "description": ABOUT},
            # Relative to this document: it does not know where the API is mounted.
            "servers": [{"url": ".."}],
            "paths": paths,
            "components": {
                "securitySchemes": SECURITY,
                "responses": {str(status): _problem(status) for status in (304, *PROBLEMS)},
            },
        }
    )
    made = construct_open_api_with_schema_class(open_api)
    found: dict[str, Any] = _plain(
        made.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
    )
    return found


def text() -> str:
    return json.dumps(document(), indent=1) + "\n"


def _plain(part: Any) -> Any:
    """Without pydantic's titles, which only spell a name again; with whole numbers as such;
    and with keys refused that fit no pattern, as pydantic does but does not say."""
    if isinstance(part, dict):
        kept = {
            name: _plain(value)
            for name, value in part.items()
            if name != "title" or not isinstance(value, str) or "version" in part
        }
        return kept | ({"additionalProperties": False} if "patternProperties" in kept else {})
    if isinstance(part, list):
        return [_plain(one) for one in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part


def _operation(one: Operation) -> dict[str, Any]:
    scope = f"Scope: `{one.scope}`." if one.scope else "No key is needed."
    made: dict[str, Any] = {
        "tags": [one.tag],
        "summary": one.summary,
        "description": f"{one.description}\n\n{scope}".strip(),
        "operationId": _id_of(one),
        "security": _security(one),
        "parameters": [*_path_parts(one), *_query(one), *_headers(one)],
        "responses": {
            **{str(status): _answer(status, answer, one) for status, answer in one.answers.items()},
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in _problems(one)
            },
        },
    }
    content = dict(_contents(one))
    if content:
        made["requestBody"] = {"required": True, "content": content}
    return made


def _contents(one: Operation) -> Iterable[tuple[str, dict[str, Any]]]:
    if one.body:
        shown = {"example": one.example} if one.example else {}
        shapes = get_args(one.body) if isinstance(one.body, UnionType) else (one.body,)
        yield JSON, {"schema": _schema(shapes), **shown}
    if one.rows:
        columns = f"A header row with some of: {', '.join(one.rows)}."
        empty = ",".join(one.rows) + "\r\n"
        yield CSV, {"schema": {"type": "string", "description": columns}, "example": empty}


def _security(one: Operation) -> list[dict[str, list[str]]]:
    if one.signed:
        return [{"signature": []}]
    # The empty one: a key that is sent is not looked at.
    return [*([] if one.scope else [{}]), {"bearer": []}, {"basic": []}]


def _path_parts(one: Operation) -> Iterable[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", one.path):
        schema = PATH_PARTS.get(name, ANY_ID)
        said = {"description": "An id, like it-help-desk."} if name == "survey" else {}
        yield {"name": name, "in": "path", "required": True, "schema": schema, **said}


def _query(one: Operation) -> Iterable[dict[str, Any]]:
    if one.segments:
        yield {
            "name": "segments",
            "in": "query",
            "description": "Segments of the survey, each under its own name.",
            "style": "form",
            "explode": True,
            "schema": {
                "type": "object",
                "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 100},
            },
            "example": {},
        }
    if one.query:
        yield from _parameters_of(one.query)


def _parameters_of(query: type[Query]) -> Iterable[dict[str, Any]]:
    schema = query.model_json_schema()
    for name, found in schema["properties"].items():
        options = found.pop("anyOf", [{}])
        # A parameter that is left out is None; nothing that is sent can be.
        (wanted,) = [option for option in options if option.get("type") != "null"]
        found |= wanted
        if "$ref" in found:
            found |= schema["$defs"][found.pop("$ref").rpartition("/")[2]]
        found.pop("title", None)
        yield {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "description": found.pop("description", ""),
            "schema": {key: value for key, value in found.items() if value is not None},
        }


def _headers(one: Operation) -> Iterable[dict[str, Any]]:
    if one.repeats:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "The same key with the same request is the same request, for a week.",
            "schema": {"type": "string", "pattern": IDEMPOTENCY_KEY},
        }


def _answer(status: int, answer: Answer, one: Operation) -> dict[str, Any]:
    headers = HEADERS.get(status, {}) | ({"ETag": A_TEXT} if one.cached else {})
    if _is_list(one):
        headers |= {"Link": {**A_TEXT, "description": 'The next page, `rel="next"`.'}}
    links = dict(_links(one, status))
    schema = _schema(answer.shapes) if answer.shapes else {}
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
                yield _id_of(other), {"operationId": _id_of(other), "parameters": parameters}


def _is_list(one: Operation) -> bool:
    return one.query is not None and "cursor" in one.query.model_fields


def _id_of(one: Operation) -> str:
    return re.sub(r"\W+", "_", f"{one.method.lower()}{one.path}").strip("_")


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
        "content": {kind: {"schema": _schema(shapes)} for kind in kinds},
    }


def _schema(shapes: tuple[type[BaseModel], ...]) -> Any:
    made: list[Any] = [PydanticSchema(schema_class=shape) for shape in shapes]
    return made[0] if len(made) == 1 else {"anyOf": made}
