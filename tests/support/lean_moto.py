"""moto as it is, without what makes a long run slow. What it answers stays the same.

moto 5.2 looks up each attribute of an answer under several names, copies the whole table for each
action of a transaction, and keeps everything that it ever made for a dashboard. And where a test
lets a call fail, the SDK rests before it tries again.
"""

import copy
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import pytest
from moto.core.model_instances import reset_model_data
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from tests.support.short_parsing import short_parsing
from tests.support.short_way import short_way

serialized_by_moto = BaseJSONSerializer._serialize_type_structure
map_serialized_by_moto = BaseJSONSerializer._serialize_type_map
transacted_by_moto = DynamoDBBackend.transact_write_items


@pytest.fixture(scope="session", autouse=True)
def lean_moto() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseJSONSerializer, "_serialize_type_structure", _serialized)
        patch.setattr(DynamoDBBackend, "transact_write_items", _transacted)
        patch.setattr(Table, "__deepcopy__", lambda self, _: self, raising=False)
        patch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
        patch.setattr(BaseJSONSerializer, "_serialize_type_map", _map_serialized)
        with short_way(), short_parsing():
            yield


@pytest.fixture(autouse=True)
def moto_forgets() -> Iterator[None]:
    yield
    reset_model_data()


def _serialized(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    if shape.name == "AttributeValue" and _is_plain(value):
        self._default_serialize(serialized, value, shape, key)
    else:
        serialized_by_moto(self, serialized, value, shape, key)


def _map_serialized(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    if shape.value.name == "AttributeValue" and all(map(_is_plain, value.values())):
        self._default_serialize(serialized, value, shape, key)
    else:
        map_serialized_by_moto(self, serialized, value, shape, key)


def _is_plain(value: Any) -> bool:
    """Text, numbers and what is made of them: as DynamoDB sends it already."""
    ((kind, held),) = value.items()
    if kind == "M":
        return all(map(_is_plain, held.values()))
    if kind == "L":
        return all(map(_is_plain, held))
    return kind in ("S", "N", "BOOL", "NULL", "SS", "NS")


def _transacted(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """Copies the items that it names, and puts them back by itself when it fails."""
    before = [
        (partition, sort_key, copy.deepcopy(partition.get(sort_key)))
        for partition, sort_key in _places(self, transact_items)
    ]
    try:
        transacted_by_moto(self, transact_items)
    except BaseException:
        for partition, sort_key, item in before:
            partition.pop(sort_key, None)
            if item is not None:
                partition[sort_key] = item
        raise


def _places(
    backend: DynamoDBBackend, actions: list[dict[str, Any]]
) -> Iterator[tuple[dict[DynamoType, Item], DynamoType]]:
    for action in actions:
        (named,) = action.values()
        table = backend.tables.get(named["TableName"])
        key = named.get("Key") or named["Item"]
        if table and table.range_key_attr in key:
            partition = table.items[DynamoType(key[table.hash_key_attr])]
            yield partition, DynamoType(key[table.range_key_attr])
