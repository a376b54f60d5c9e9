"""How fields fit each other, in the words of JSON Schema, for the document of the API: `if`, `then`
and `else`. Programs that make clients read past these, and stumble over `oneOf` and `anyOf` beside
the fields of an object."""

from collections.abc import Sequence
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NONE: Schema = {"type": "null"}


def fields(**schemas: Schema) -> Schema:
    # That an object has more fields is said aloud: Redocly forbids them otherwise.
    return {"properties": schemas, "additionalProperties": True}


def has(**schemas: Schema) -> Schema:
    """The fields are there, and are so."""
    return {"required": list(schemas), **fields(**schemas)}


def when(condition: Schema, then: Schema, otherwise: Schema | None = None) -> Schema:
    found = {"if": condition, "then": then}
    return found if otherwise is None else found | {"else": otherwise}


def one_of(names: Sequence[str]) -> Schema:
    """Exactly one of these fields is given, and is a text."""
    first, *rest = names
    if not rest:
        return has(**{first: TEXT})
    return when(has(**{first: TEXT}), fields(**dict.fromkeys(rest, NONE)), one_of(rest))
