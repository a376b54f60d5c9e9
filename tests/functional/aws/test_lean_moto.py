"""moto made lean answers as moto does."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import moto.core.responses
import pytest
from botocore.auth import SigV4Auth
from botocore.exceptions import ClientError
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.serialize import BaseJSONSerializer
from moto.core.utils import method_names_from_class
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Node
from moto.dynamodb.parsing.expressions import UpdateExpressionParser

from tests.functional.conftest import TABLE
from tests.support import lean_moto, short_parsing, short_way

EVERY_TYPE = {
    "text": {"S": "Grüße"},
    "empty": {"S": ""},
    "number": {"N": "1.50"},
    "flag": {"BOOL": False},
    "nothing": {"NULL": True},
    "words": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
    "list": {"L": [{"S": "a"}, {"M": {"in": {"N": "1"}}}, {"L": []}]},
    "map": {"M": {"B": {"S": "named as a type"}, "of": {"M": {"deep": {"L": [{"BOOL": True}]}}}}},
}
LISTED = {"list_pk": {"S": "list"}, "list_sk": {"S": "1"}}
CALLS: list[tuple[str, dict[str, Any]]] = []


def key(name: str, kind: str = "A") -> dict[str, Any]:
    return {"PK": {"S": name}, "SK": {"S": kind}}


def call(operation: str, **params: Any) -> None:
    CALLS.append((operation, {"TableName": TABLE, **params}))


def transaction(*actions: dict[str, Any]) -> None:
    (named,) = zip(*(action.items() for action in actions), strict=True)
    items = [{kind: {"TableName": TABLE, **params}} for kind, params in named]
    CALLS.append(("transact_write_items", {"TransactItems": items}))


ONCE = "attribute_not_exists(PK) AND attribute_not_exists(#n)"
NUMBER = {"#n": "number"}
call("put_item", Item={**key("a"), **EVERY_TYPE, **LISTED})
call(
    "put_item",
    Item={**key("b"), **LISTED},
    ConditionExpression=ONCE,
    ExpressionAttributeNames=NUMBER,
)
call(
    "put_item",
    Item=key("a"),
    ConditionExpression=ONCE,
    ExpressionAttributeNames=NUMBER,
    ReturnValuesOnConditionCheckFailure="ALL_OLD",
)
call("put_item", Item={**key("c"), "long": {"S": "x" * 404_980}})
call("put_item", Item={**key("c"), "long": {"S": "x" * 405_000}})
call("put_item", Item={**key("c"), "bytes": {"B": b"\x00\xff"}, "more": {"BS": [b"a", b"b"]}})
call("put_item", Item={"PK": {"S": ""}, "SK": {"S": "A"}})
call("put_item", Item={"PK": {"S": "a"}})
call("put_item", Item={**key("a"), "name": {"S": "x"}}, ConditionExpression="name = :unknown")
call("get_item", Key=key("a"), ConsistentRead=True)
call("get_item", Key=key("c"), ReturnConsumedCapacity="TOTAL")
call("get_item", Key=key("nobody"))
call("get_item", Key={"PK": {"S": "a"}})
call("get_item", Key=key("a"), ProjectionExpression="#n, PK", ExpressionAttributeNames=NUMBER)
for returned in ("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"):
    call(
        "update_item",
        Key=key("a"),
        UpdateExpression="SET #n = #n + :one, #m.added = :text REMOVE flag ADD numbers :more",
        ConditionExpression="#n >= :one AND (begins_with(PK, :text) OR NOT contains(words, :text))",
        ExpressionAttributeNames={**NUMBER, "#m": "map"},
        ExpressionAttributeValues={
            ":one": {"N": "1"},
            ":text": {"S": "z"},
            ":more": {"NS": ["7"]},
        },
        ReturnValues=returned,
    )
call(
    "update_item",
    Key=key("d"),
    UpdateExpression="SET a = :a",
    ExpressionAttributeValues={":a": {"N": "1"}},
)
for wrong in ("SET a = ", "SET a = :a SET c = :a", "SET a = :a, a = :a", "REMOVE a ADD a :a", ""):
    call(
        "update_item",
        Key=key("d"),
        UpdateExpression=wrong,
        ExpressionAttributeValues={":a": {"N": "1"}},
    )
call(
    "update_item",
    Key=key("a"),
    UpdateExpression=(
        "SET #l[7] = if_not_exists(nobody, :a), later = list_append(#l, :l), #n = #n - :a"
        " REMOVE #l[0], #l[1] ADD much :a DELETE words :w"
    ),
    ExpressionAttributeNames={**NUMBER, "#l": "list"},
    ExpressionAttributeValues={":a": {"N": "1"}, ":l": {"L": [{"N": "1"}]}, ":w": {"SS": ["a"]}},
    ReturnValues="ALL_NEW",
)
call(
    "update_item",
    Key=key("d"),
    UpdateExpression="SET PK = :a",
    ExpressionAttributeValues={":a": {"S": "1"}},
)
transaction(
    {"Put": {"Item": key("e"), "ConditionExpression": "attribute_not_exists(PK)"}},
    {"Delete": {"Key": key("b")}},
    {
        "Update": {
            "Key": key("d"),
            "UpdateExpression": "SET a = a + :a",
            "ExpressionAttributeValues": {":a": {"N": "1"}},
        }
    },
)
transaction(
    {"Put": {"Item": key("f")}},
    {
        "ConditionCheck": {
            "Key": key("a"),
            "ConditionExpression": "attribute_not_exists(PK)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    },
)
transaction({"Put": {"Item": key("f")}}, {"Delete": {"Key": key("f")}})
for more in ({}, {"Limit": 1}, {"Select": "COUNT"}, {"ScanIndexForward": False}):
    call(
        "query",
        IndexName="listed",
        KeyConditionExpression="list_pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "list"}},
        **more,
    )
call("scan")
call("scan", Limit=1)
call("scan", IndexName="listed", FilterExpression="attribute_exists(words)")
call("delete_item", Key=key("a"), ReturnValues="ALL_OLD")
call("describe_table")
call("describe_time_to_live")
CALLS.append(
    ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [key("a"), key("c"), key("d")]}}})
)
CALLS.append(("put_item", {"TableName": "nowhere", "Item": key("a")}))
CALLS.append(("list_tables", {}))


def test_each_call_is_answered_as_by_moto(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [answer(dynamodb, *asked) for asked in CALLS]
    assert sum("Error" in said for said in found) == 15
    empty(dynamodb)
    with as_it_is(monkeypatch):
        for said, asked in zip(found, CALLS, strict=True):
            assert said == answer(dynamodb, *asked), asked


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_changes_of_a_table_is_gone_for_the_next(dynamodb: Any, turn: str) -> None:
    described = dynamodb.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"]
    assert described["TimeToLiveStatus"] == "DISABLED"
    assert dynamodb.scan(TableName=TABLE)["Items"] == []
    live = {"Enabled": True, "AttributeName": "ttl"}
    dynamodb.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=live)
    dynamodb.put_item(TableName=TABLE, Item=key(turn))


def answer(client: Any, operation: str, params: dict[str, Any]) -> dict[str, Any]:
    try:
        found = getattr(client, operation)(**copy.deepcopy(params))
    except ClientError as error:
        found = error.response
    said = found["ResponseMetadata"]
    assert len(said.pop("RequestId")) == 52
    for changing in ("date", "x-amzn-requestid", "x-amz-crc32"):
        said["HTTPHeaders"].pop(changing)
    text = json.dumps(found, default=repr, sort_keys=True)
    whole: dict[str, Any] = json.loads(text)
    whole.get("Table", {}).pop("CreationDateTime", None)
    whole.get("Table", {}).pop("TableId", None)
    return whole


def empty(client: Any) -> None:
    for item in client.scan(TableName=TABLE)["Items"]:
        client.delete_item(TableName=TABLE, Key={"PK": item["PK"], "SK": item["SK"]})


@contextmanager
def as_it_is(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(BotocoreStubber, "process_request", short_way.processed_by_moto)
        patch.setattr(SigV4Auth, "add_auth", short_way.signed_by_botocore)
        patch.setattr(Item, "__init__", short_way.item_by_moto)
        patch.setattr(
            ConditionExpressionParser, "_lex_condition_expression", short_way.read_by_moto
        )
        patch.setattr(UpdateExpressionParser, "make", classmethod(short_parsing.made_by_moto))
        patch.setattr(DepthFirstTraverser, "traverse", short_parsing.walked_by_moto)
        patch.setattr(Node, "find_clauses", short_parsing.found_by_moto)
        patch.delattr(Node, "__deepcopy__")
        patch.setattr(moto.core.responses, "method_names_from_class", method_names_from_class)
        patch.setattr(moto.core.responses, "gen_amzn_requestid_long", short_way.numbered_by_moto)
        patch.setattr(DynamoDBBackend, "transact_write_items", lean_moto.transacted_by_moto)
        patch.delattr(Table, "__deepcopy__")
        for name, by_moto in (
            ("_serialize_type_structure", lean_moto.serialized_by_moto),
            ("_serialize_type_map", lean_moto.map_serialized_by_moto),
        ):
            patch.setattr(BaseJSONSerializer, name, by_moto)
        yield
