"""What an operation takes, for infra/openapi.py: its parameters and its body."""

import re
from collections.abc import Iterable
from types import UnionType
from typing import Any, get_args

from chalicelib.surveys.definition import SURVEY_ID
from chalicelib.web.idempotency import IDEMPOTENCY_KEY
from chalicelib.web.operation import CSV, JSON, Operation
from chalicelib.web.problems import ID
from chalicelib.web.query import Query
from infra.openapi_schemas import schema_of

PATH_PARTS: dict[str, dict[str, Any]] = {
    "survey": {"type": "string", "pattern": SURVEY_ID},
    "file": {"type": "string", "enum": ["start.js", "swagger-ui.css", "swagger-ui.js"]},
}
ANY_ID = {"type": "string", "pattern": f"^{ID}$"}


def parameters(one: Operation) -> list[dict[str, Any]]:
    return [*_path_parts(one), *_query(one), *_headers(one)]


def contents(one: Operation) -> Iterable[tuple[str, dict[str, Any]]]:
    if one.body:
        shown = {"example": one.example} if one.example else {}
        shapes = get_args(one.body) if isinstance(one.body, UnionType) else (one.body,)
        yield JSON, {"schema": schema_of(shapes), **shown}
    if one.rows:
        columns = f"A header row with some of: {', '.join(one.rows)}."
        empty = ",".join(one.rows) + "\r\n"
        yield CSV, {"schema": {"type": "string", "description": columns}, "example": empty}


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
