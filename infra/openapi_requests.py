"""What a route takes, for infra/openapi.py: its parameters and its body."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.surveys.definition import SURVEY_ID
from chalicelib.web.answer import CSV
from chalicelib.web.formats import MARKS, formats_of
from chalicelib.web.idempotency import IDEMPOTENCY_KEY
from chalicelib.web.problems import ID
from chalicelib.web.query import Query
from chalicelib.web.static_files import parts_of_page
from infra.openapi_routes import Route
from infra.openapi_schemas import TAKEN, Schemas, members

PATH_PARTS: dict[str, dict[str, Any]] = {
    "survey": {"type": "string", "pattern": SURVEY_ID},
    "file": {"type": "string", "enum": sorted(parts_of_page())},
}
ANY_ID = {"type": "string", "pattern": f"^{ID}$"}


def taken_shapes(routes: Iterable[Route]) -> Iterable[Any]:
    for route in routes:
        if route.endpoint.body:
            yield from members(route.endpoint.body.shown)


def parameters(route: Route) -> list[dict[str, Any]]:
    return [*_path_parts(route), *_query(route), *_headers(route)]


def contents(route: Route, schemas: Schemas) -> Iterable[tuple[str, dict[str, Any]]]:
    body, rows = route.endpoint.body, route.endpoint.rows
    if body:
        shown = {"example": body.example} if body.example else {}
        yield body.media_type, {"schema": schemas.of(members(body.shown), TAKEN), **shown}
    elif rows:
        columns = f"A header row with some of: {', '.join(rows)}."
        empty = ",".join(rows) + "\r\n"
        yield CSV, {"schema": {"type": "string", "description": columns}, "example": empty}


def _path_parts(route: Route) -> Iterable[dict[str, Any]]:
    for name in route.names:
        schema = PATH_PARTS.get(name, ANY_ID)
        described = {"description": "An id, like it-help-desk."} if name == "survey" else {}
        yield {"name": name, "in": "path", "required": True, "schema": schema, **described}


def _query(route: Route) -> Iterable[dict[str, Any]]:
    if route.endpoint.segments:
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
    if route.endpoint.query:
        yield from _parameters_of(route.endpoint.query)
    if route.endpoint.kinds:
        yield from _formats(route.endpoint.kinds)


def _formats(kinds: Sequence[str]) -> Iterable[dict[str, Any]]:
    known = {
        "format": (formats_of(kinds), "What to answer, whatever `Accept` says: a link for Excel."),
        "bom": ([*MARKS], "1: a CSV file begins with a byte-order mark, which Excel looks for."),
    }
    for name, (values, said) in known.items():
        schema = {"type": "string", "enum": values}
        yield {
            "name": name,
            "in": "query",
            "required": False,
            "description": said,
            "schema": schema,
        }


def _parameters_of(query: type[Query]) -> Iterable[dict[str, Any]]:
    schema = query.model_json_schema()
    for name, found in schema["properties"].items():
        options = found.pop("anyOf", [{}])
        # None means that the parameter is left out. A value that is sent is never None.
        wanted = [option for option in options if option.get("type") != "null"]
        found |= wanted[0] if len(wanted) == 1 else {"anyOf": wanted}
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


def _headers(route: Route) -> Iterable[dict[str, Any]]:
    if route.endpoint.repeats:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "The same key with the same request is the same request, for a week.",
            "schema": {"type": "string", "pattern": IDEMPOTENCY_KEY},
        }
