"""Makes the OpenAPI 3.1 document of /v1 from the table of routes in app.py and from what each
view declares."""

import json
from pathlib import Path
from typing import Any

from openapi_pydantic.v3.v3_1 import OpenAPI

from chalicelib.text import UNSEEN_TAGS
from chalicelib.web.endpoint import Endpoint
from infra.hook_signatures import signatures_of_hooks
from infra.openapi_answers import answers, given_shapes, shared
from infra.openapi_requests import contents, parameters, taken_shapes
from infra.openapi_routes import Route, routes
from infra.openapi_schemas import GIVEN, TAKEN, Schemas
from infra.openapi_tags import TAGS

HOME = Path(__file__).parents[1] / "chalicelib" / "web" / "openapi.json"
ABOUT = """\
Surveys after a service: who is asked, what they said, and what the numbers say.

Sign in with a key: `Authorization: Bearer KEY`, or Basic with the key as user name and any
password. Each operation names the scope that the key needs.

Errors are problem documents (RFC 9457). 400: the body cannot be read; a key that an object has
twice is named. 422: a part of the request is not as this document
says. 409: all of it is, but it does not fit together or with what is stored. After 429 and
503 wait `Retry-After` seconds. HEAD works wherever GET does; any other method is answered 405.

Times are RFC 3339 in UTC. Ranges of days are half-open, in the survey's time zone. Lists are
read page by page: `next`, or the `Link` header, leads to the next one.
"""
INFO = {
    "title": "Heed",
    "version": "1",
    "description": ABOUT,
    "contact": {"name": "Whoever runs this Heed"},
    "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
}
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key."},
    "basic": {"type": "http", "scheme": "basic", "description": "An API key as user name."},
    "slack": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Slack-Signature",
        "description": "As Slack signs what a pressed button sends, with the time beside it.",
    },
}
SIGNED_BY = {
    name: {
        "type": "apiKey",
        "in": "header",
        "name": header,
        "description": f"As {' and '.join(titles)} sign{'s' if len(titles) == 1 else ''}.",
    }
    for name, header, titles in signatures_of_hooks()
}


def document() -> dict[str, Any]:
    known = routes()
    taken = [(shape, TAKEN) for shape in taken_shapes(known)]
    given = [(shape, GIVEN) for shape in given_shapes(known)]
    schemas = Schemas([*taken, *given])
    paths: dict[str, dict[str, Any]] = {}
    for route in known:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, known, schemas)
    made: dict[str, Any] = _tidy(
        {
            "openapi": "3.1.1",
            "info": INFO,
            # Relative to this document: it does not know where the API is mounted.
            "servers": [{"url": ".."}],
            "tags": TAGS,
            "paths": paths,
            "components": {
                "schemas": schemas.definitions,
                "responses": shared(schemas),
                "securitySchemes": SECURITY | SIGNED_BY,
            },
        }
    )
    OpenAPI.model_validate(made)
    return made


def text() -> str:
    return json.dumps(document(), indent=1) + "\n"


def _tidy(part: Any) -> Any:
    """Removes noise and writes whole numbers as such."""
    if isinstance(part, str):
        return _readable_by_all(part)
    if isinstance(part, dict):
        kept = {
            _readable_by_all(name): _tidy(value)
            for name, value in part.items()
            if not _is_noise(name, value, part)
        }
        return _with_values_of_one_type(kept)
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part


def _with_values_of_one_type(schema: dict[str, Any]) -> dict[str, Any]:
    """Programs that make clients do not read `patternProperties`, which pydantic writes for keys
    of one pattern. It refuses other keys, but does not say so."""
    if "patternProperties" not in schema:
        return schema
    ((pattern, values),) = schema.pop("patternProperties").items()
    names = schema.get("propertyNames", {}) | {"pattern": pattern}
    return schema | {"additionalProperties": values, "propertyNames": names}


def _readable_by_all(text: str) -> str:
    """JavaScript refuses a range beyond U+FFFF without its flag `u`, and readers of YAML stop at
    how JSON writes it. Heed refuses these characters all the same."""
    return text.replace(UNSEEN_TAGS, "")


def _is_noise(name: str, value: Any, part: dict[str, Any]) -> bool:
    """True for a title, which only repeats a name, for a default of null or of no text, which
    only says that a field may be left out, and for one of a field of several types, of which
    programs that make clients do not know which it is."""
    if name == "title":
        return isinstance(value, str) and "version" not in part
    kinds = {*part["type"]} - {"null"} if isinstance(part.get("type"), list) else ()
    return name == "default" and (value in (None, "") or len(kinds) > 1)


def _operation(route: Route, known: list[Route], schemas: Schemas) -> dict[str, Any]:
    endpoint = route.endpoint
    scope = f"Scope: `{endpoint.scope}`." if endpoint.scope else "No key is needed."
    made: dict[str, Any] = {
        "tags": [route.tag],
        "summary": endpoint.summary,
        "description": f"{endpoint.description}\n\n{scope}".strip(),
        "operationId": route.id,
        "security": _security(endpoint),
        "parameters": parameters(route),
        "responses": answers(route, known, schemas),
    }
    content = dict(contents(route, schemas))
    if content:
        made["requestBody"] = {"required": True, "content": content}
    return made


def _security(endpoint: Endpoint[Any, Any]) -> list[dict[str, list[str]]]:
    if endpoint.signed == "help desk":
        return [{name: []} for name in SIGNED_BY]
    if endpoint.signed:
        return [{endpoint.signed: []}]
    # The empty requirement: no key is needed, and one that is sent is not read.
    return [*([] if endpoint.scope else [{}]), {"bearer": []}, {"basic": []}]
