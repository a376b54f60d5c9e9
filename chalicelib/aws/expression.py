"""Items, conditions and values as DynamoDB writes them."""

from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from chalicelib.table import ABSENT, Below, Condition, Item


def pack(item: Item) -> dict[str, Any]:
    serializer = TypeSerializer()
    return {name: serializer.serialize(value) for name, value in item.items()}


def unpack(raw: dict[str, Any]) -> Item:
    deserializer = TypeDeserializer()
    return {name: _without_decimals(deserializer.deserialize(value)) for name, value in raw.items()}


def _without_decimals(value: Any) -> Any:
    # Heed stores integers only, so a Decimal is always an integer.
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, dict):
        return {name: _without_decimals(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_without_decimals(part) for part in value]
    return value


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
