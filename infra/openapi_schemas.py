"""JSON schemas of what views take and give, by pydantic, under the names of their classes."""

from collections.abc import Iterable
from types import UnionType
from typing import Any, Literal, get_args

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

REF = "#/components/schemas/{model}"
# A request may leave out a field that has a default. An answer holds every field.
TAKEN: Literal["validation"] = "validation"
GIVEN: Literal["serialization"] = "serialization"
NULL = {"type": "null"}


class _Readable(GenerateJsonSchema):
    """A TypedDict has no other fields than it names. What may be of several types names them in
    one list, null too, wherever that says the same: programs that make clients stumble over
    `anyOf`, and over a schema of null alone."""

    def typed_dict_schema(self, schema: Any) -> dict[str, Any]:
        return {**super().typed_dict_schema(schema), "additionalProperties": False}

    def union_schema(self, schema: Any) -> dict[str, Any]:
        made = super().union_schema(schema)
        return _with_several_types(made.get("anyOf", [])) or made

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        made = super().nullable_schema(schema)
        return _with_null_as_a_type([one for one in made.get("anyOf", ()) if one != NULL]) or made


def _with_several_types(choices: list[dict[str, Any]]) -> dict[str, Any] | None:
    """None unless each choice has a type of its own and keywords that are of this type alone."""
    types = [choice.get("type") for choice in choices]
    made = {name: value for choice in choices for name, value in choice.items()}
    of_one_type = {"type", "items", "pattern", "minLength", "maxLength"}
    if not made.keys() <= of_one_type or not all(isinstance(kind, str) for kind in types):
        return None
    return {**made, "type": types} if len(set(types)) == len(types) else None


def _with_null_as_a_type(choices: list[dict[str, Any]]) -> dict[str, Any] | None:
    """None where a choice is a reference, or where one of several is more than its type."""
    types = [kind for choice in choices for kind in _types_of(choice)]
    if not all("type" in choice for choice in choices):
        return None
    if len(choices) > 1 and any(len(choice) > 1 for choice in choices):
        return None
    made = {**choices[0], "type": [*types, "null"]}
    listed = [made.pop("const")] if "const" in made else made.get("enum")
    return made | ({"enum": [*listed, None]} if listed else {})


def _types_of(choice: dict[str, Any]) -> list[str]:
    kinds = choice.get("type", [])
    return [kinds] if isinstance(kinds, str) else kinds


class Schemas:
    """The shapes that a document refers to, all defined at once."""

    def __init__(self, wanted: Iterable[tuple[Any, JsonSchemaMode]]) -> None:
        shapes = {(id(shape), mode): (shape, mode) for shape, mode in wanted}
        made, defined = TypeAdapter.json_schemas(
            [(key, mode, TypeAdapter(shape)) for key, (shape, mode) in shapes.items()],
            ref_template=REF,
            schema_generator=_Readable,
        )
        self._schemas = {key: schema for (key, _), schema in made.items()}
        self.definitions: dict[str, Any] = defined.get("$defs", {})

    def of(self, shapes: tuple[Any, ...], mode: JsonSchemaMode) -> dict[str, Any]:
        made = [self._schemas[id(shape), mode] for shape in shapes]
        return made[0] if len(made) == 1 else {"anyOf": made}


def members(shape: Any) -> tuple[Any, ...]:
    """The members of a union; any other shape by itself."""
    return get_args(shape) if isinstance(shape, UnionType) else (shape,)
