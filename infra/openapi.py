"""The OpenAPI 3.1 document of /v1, from chalicelib/web/contract.py and pydantic's schemas."""

import json
from pathlib import Path
from typing import Any

from openapi_pydantic.util import construct_open_api_with_schema_class
from openapi_pydantic.v3.v3_1 import OpenAPI

from chalicelib.web.contract import OPERATIONS
from chalicelib.web.operation import Operation
from infra.openapi_answers import answers, shared
from infra.openapi_requests import contents, parameters
from infra.openapi_schemas import id_of

HOME = Path(__file__).parents[1] / "chalicelib" / "web" / "openapi.json"
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
                "responses": shared(),
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
        "operationId": id_of(one),
        "security": _security(one),
        "parameters": parameters(one),
        "responses": answers(one),
    }
    content = dict(contents(one))
    if content:
        made["requestBody"] = {"required": True, "content": content}
    return made


def _security(one: Operation) -> list[dict[str, list[str]]]:
    if one.signed:
        return [{"signature": []}]
    # The empty one: a key that is sent is not looked at.
    return [*([] if one.scope else [{}]), {"bearer": []}, {"basic": []}]
