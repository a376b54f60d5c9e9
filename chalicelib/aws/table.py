"""DynamoDB behind chalicelib.table."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws.expression import Expression, pack, unpack
from chalicelib.aws.reads import add_range, scan_request
from chalicelib.aws.together import together
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict, WriteRefused
from chalicelib.table import (
    Check,
    Delete,
    Item,
    Key,
    Page,
    Put,
    Query,
    Scan,
    Update,
    Write,
    key_of,
)

T = TypeVar("T")
RETRYABLE = {
    "IdempotentParameterMismatchException",
    "InternalServerError",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "TransactionInProgressException",
}
CONFLICTS = {"TransactionConflict", "TransactionConflictException"}
REFUSALS = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}
THROTTLES = {"ThrottlingError", "ProvisionedThroughputExceeded"}
# A write by itself; of several the kinds are those of a transaction.
ALONE = {"Put": "put_item", "Update": "update_item", "Delete": "delete_item"}
INDEX_KEYS = {"listed": ("list_pk", "list_sk"), "due": ("due_shard", "due_at")}


class DynamoTable:
    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: Key) -> Item | None:
        answer = self._read(
            "get_item", TableName=self._name, Key=pack(key.as_item()), ConsistentRead=True
        )
        return unpack(answer["Item"]) if "Item" in answer else None

    def get_all(self, keys: Sequence[Key], consistent: bool = True) -> dict[Key, Item]:
        packed = [pack(key.as_item()) for key in keys]
        wanted: dict[str, Any] = {self._name: {"Keys": packed, "ConsistentRead": consistent}}
        found: dict[Key, Item] = {}
        for _ in range(8):
            answer = self._read("batch_get_item", RequestItems=wanted)
            for raw in answer["Responses"].get(self._name, []):
                item = unpack(raw)
                found[key_of(item)] = item
            wanted = answer.get("UnprocessedKeys") or {}
            if not wanted:
                return found
        raise Unavailable

    def write(self, write: Write) -> None:
        kind, request = _action(self._name, write)
        self._write(ALONE[kind], request)

    def update(self, update: Update) -> Item:
        request = _update(self._name, update)
        return unpack(
            self._write("update_item", request | {"ReturnValues": "ALL_NEW"})["Attributes"]
        )

    def _write(self, operation: str, request: dict[str, Any]) -> Any:
        try:
            return getattr(self._client, operation)(**request)
        except ClientError as error:
            raise _write_error(error) from error
        except BotoCoreError as error:
            raise OutcomeUnknown from error

    def transact(self, writes: Sequence[Write | Check]) -> None:
        actions = [dict([_action(self._name, write)]) for write in writes]
        try:
            self._client.transact_write_items(TransactItems=actions)
        except ClientError as error:
            raise _transaction_error(error) from error
        except BotoCoreError as error:
            raise OutcomeUnknown from error

    def query(self, query: Query) -> Page:
        if query.is_empty:
            return Page([], None)
        pk, sk = INDEX_KEYS[query.index] if query.index else ("PK", "SK")
        request: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": "#pk = :pk",
            "ExpressionAttributeNames": {"#pk": pk},
            "ExpressionAttributeValues": {":pk": query.partition},
            "ScanIndexForward": not query.newest_first,
            "ConsistentRead": query.index is None,
        }
        add_range(request, sk, query)
        if query.index:
            request["IndexName"] = query.index
        return self._page("query", request, query)

    def together(self, reads: Sequence[Callable[[], T]]) -> list[T]:
        return together(reads)

    def scan(self, scan: Scan) -> Page:
        return self._page("scan", scan_request(self._name, scan), scan)

    def _page(self, operation: str, request: dict[str, Any], wanted: Query | Scan) -> Page:
        if wanted.limit:
            request["Limit"] = wanted.limit
        if wanted.after:
            request["ExclusiveStartKey"] = pack(wanted.after)
        request["ExpressionAttributeValues"] = pack(request["ExpressionAttributeValues"])
        answer = self._read(operation, **request)
        last = answer.get("LastEvaluatedKey")
        return Page([unpack(raw) for raw in answer["Items"]], unpack(last) if last else None)

    def _read(self, operation: str, **request: Any) -> Any:
        try:
            return getattr(self._client, operation)(**request)
        except ClientError as error:
            if error.response["Error"]["Code"] in RETRYABLE:
                raise Unavailable from error
            raise
        except BotoCoreError as error:
            raise Unavailable from error


def _action(table: str, write: Write | Check) -> tuple[str, dict[str, Any]]:
    match write:
        case Put():
            return "Put", _put(table, write)
        case Update():
            return "Update", _update(table, write)
        case Delete():
            return "Delete", _on_key(table, write)
        case Check():
            return "ConditionCheck", _on_key(table, write)


def _put(table: str, put: Put) -> dict[str, Any]:
    return {"TableName": table, "Item": pack(put.item), **Expression().parameters(put.when)}


def _update(table: str, update: Update) -> dict[str, Any]:
    expression = Expression()
    name, value = expression.name, expression.value
    sets = [f"{name(key)} = {value(new)}" for key, new in update.set.items()]
    for key, new in update.first.items():
        absent = name(key)
        sets.append(f"{absent} = if_not_exists({absent}, {value(new)})")
    clauses = [
        ("SET", sets),
        ("ADD", [f"{name(key)} {value(delta)}" for key, delta in update.add.items()]),
        ("REMOVE", [name(key) for key in update.remove]),
    ]
    return {
        "TableName": table,
        "Key": pack(update.key.as_item()),
        "UpdateExpression": " ".join(
            f"{verb} {', '.join(parts)}" for verb, parts in clauses if parts
        ),
        **expression.parameters(update.when),
    }


def _on_key(table: str, write: Delete | Check) -> dict[str, Any]:
    key = pack(write.key.as_item())
    return {"TableName": table, "Key": key, **Expression().parameters(write.when)}


def _write_error(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    if code in REFUSALS:
        current = error.response.get("Item")
        return WriteRefused(0, unpack(current) if current else None)
    if code in CONFLICTS:
        return WriteConflict()
    return OutcomeUnknown() if code in RETRYABLE else error


def _transaction_error(error: ClientError) -> Exception:
    if error.response["Error"]["Code"] != "TransactionCanceledException":
        return _write_error(error)
    reasons = error.response.get("CancellationReasons", [])
    for index, reason in enumerate(reasons):
        if reason.get("Code") in REFUSALS:
            current = reason.get("Item")
            return WriteRefused(index, unpack(current) if current else None)
    codes = {reason.get("Code") for reason in reasons} - {None, "None"}
    if codes and codes <= CONFLICTS:
        return WriteConflict()
    return OutcomeUnknown() if codes and codes <= CONFLICTS | THROTTLES else error
