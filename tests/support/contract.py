"""Holds an answer of /v1 to the document that the API serves: its status, its media type,
its headers, its body."""

import json
import re
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from infra import openapi

DOCUMENT = json.loads(openapi.HOME.read_text())


def hold_to_contract(
    method: str, path: str, status: int, headers: Mapping[str, Any], body: bytes
) -> None:
    """Does nothing for a path that is not the API's, or a method that a path does not have."""
    operation = _operation(method.lower(), path.partition("?")[0])
    if operation is None:
        return
    said = f"{method} {path} answered {status}"
    assert str(status) in operation["responses"], f"{said}, which is not in the document"
    answer = _resolved(operation["responses"][str(status)])
    given = {name.lower(): value for name, value in headers.items()}
    for name, header in answer.get("headers", {}).items():
        assert name.lower() in given or not header.get("required"), f"{said} without {name}"
    kinds = answer.get("content", {})
    if not kinds:
        assert not body, f"{said} with a body"
        return
    kind = str(given["content-type"]).partition(";")[0]
    (documented,) = [name for name in kinds if fnmatch(kind, name)] or [None]
    assert documented, f"{said} as {kind}"
    schema = kinds[documented].get("schema")
    if schema and kind in ("application/json", "application/problem+json"):
        found = [error.message for error in _validator(json.dumps(schema)).iter_errors(_json(body))]
        assert found == [], said


def may_be_sent(method: str, path: str, body: object) -> bool:
    """Whether the document says that such a body is taken."""
    operation = _operation(method.lower(), path)
    assert operation
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return _validator(json.dumps(schema)).is_valid(body)


def _json(body: bytes) -> Any:
    return json.loads(body)


@cache
def _validator(schema: str) -> Draft202012Validator:
    whole = {**json.loads(schema), "components": DOCUMENT["components"]}
    return Draft202012Validator(whole, validate_formats=True)


def _resolved(answer: dict[str, Any]) -> dict[str, Any]:
    name = answer.get("$ref", "").rpartition("/")[2]
    return DOCUMENT["components"]["responses"][name] if name else answer


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for pattern in sorted(DOCUMENT["paths"]):
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path):
            return DOCUMENT["paths"][pattern].get(method)
    return None
