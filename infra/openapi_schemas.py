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


class _Closed(GenerateJsonSchema):
    """A TypedDict has no other fields than it names."""

    def typed_dict_schema(self, schema: Any) -> dict[str, Any]:
        return {**super().typed_dict_schema(schema), "additionalProperties": False}


class Schemas:
    """The shapes that a document refers to, all defined at once."""

    def __init__(self, wanted: Iterable[tuple[Any, JsonSchemaMode]]) -> None:
        shapes = {(id(shape), mode): (shape, mode) for shape, mode in wanted}
        made, defined = TypeAdapter.json_schemas(
            [(key, mode, TypeAdapter(shape)) for key, (shape, mode) in shapes.items()],
            ref_template=REF,
            schema_generator=_Closed,
        )
        self._schemas = {key: schema for (key, _), schema in made.items()}
        self.definitions: dict[str, Any] = defined.get("$defs", {})

    def of(self, shapes: tuple[Any, ...], mode: JsonSchemaMode) -> dict[str, Any]:
        made = [self._schemas[id(shape), mode] for shape in shapes]
        return made[0] if len(made) == 1 else {"anyOf": made}


def members(shape: Any) -> tuple[Any, ...]:
    """The members of a union; any other shape by itself."""
    return get_args(shape) if isinstance(shape, UnionType) else (shape,)
