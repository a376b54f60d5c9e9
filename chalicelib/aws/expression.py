"""Items, conditions and values as DynamoDB writes them."""

from decimal import Decimal
from typing import Any

from chalicelib.table import ABSENT, Below, Condition, Item


def pack(item: Item) -> dict[str, Any]:
    return {name: _pack(value) for name, value in item.items()}


def unpack(raw: dict[str, Any]) -> Item:
    return {name: _unpack(value) for name, value in raw.items()}


def _pack(value: Any) -> dict[str, Any]:
    """Heed stores no number with a point, no bytes and no set. Raises TypeError."""
    match value:
        case str():
            return {"S": value}
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case dict():
            return {"M": pack(value)}
        case list() | tuple():
            return {"L": [_pack(part) for part in value]}
    raise TypeError(type(value).__name__)


def _unpack(value: dict[str, Any]) -> Any:
    ((kind, held),) = value.items()
    match kind:
        case "NULL":
            return None
        case "N":
            return int(Decimal(held))
        case "M":
            return unpack(held)
        case "L":
            return [_unpack(part) for part in held]
    # A text or a switch; of a newer release perhaps something else, which is not read.
    return held


class Expression:
    """Names and values by placeholder, so that no attribute is a reserved word."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.values: Item = {}

    def name(self, attribute: str) -> str:
        placeholder = f"#n{len(self.names)}"
        self.names[placeholder] = attribute
        return placeholder

    def value(self, value: Any) -> str:
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = value
        return placeholder

    def condition(self, when: Condition) -> str:
        return " AND ".join(
            self._holds(self.name(attribute), when[attribute]) for attribute in when
        )

    def _holds(self, name: str, wanted: Any) -> str:
        if wanted is ABSENT:
            return f"attribute_not_exists({name})"
        if isinstance(wanted, Below):
            return f"(attribute_not_exists({name}) OR {name} < {self.value(wanted.limit)})"
        return f"{name} = {self.value(wanted)}"

    def parameters(self, when: Condition) -> dict[str, Any]:
        parameters: dict[str, Any] = {}
        if when:
            parameters["ConditionExpression"] = self.condition(when)
            parameters["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        if self.names:
            parameters["ExpressionAttributeNames"] = self.names
        if self.values:
            parameters["ExpressionAttributeValues"] = pack(self.values)
        return parameters
