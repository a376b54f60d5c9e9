"""From botocore to moto's DynamoDB and back without the HTTP in between.

moto makes each call a request of werkzeug, looks for the service by eighty patterns, reads the
parameters by the model of the service, and lists the methods of its handler. For DynamoDB, which is
nearly all that is called here, the answer is the same when the handler is given what was sent.
test_lean_moto.py holds that against moto as it is.
"""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import moto.core.responses
import pytest
from botocore.auth import SigV4Auth
from botocore.exceptions import NoCredentialsError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.exceptions import HTTPException
from moto.core.utils import method_names_from_class, utcnow
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.utilities import bytesize
from moto.dynamodb.responses import DynamoHandler
from moto.utilities.aws_headers import gen_amzn_requestid_long
from werkzeug.http import http_date

ADDRESS, REGION = "https://dynamodb.us-east-1.amazonaws.com/", "us-east-1"
BYTES = (b'"B":', b'"BS":')
MOST_BYTES = 405_000  # moto's limit of an item

processed_by_moto = BotocoreStubber.process_request
signed_by_botocore = SigV4Auth.add_auth
item_by_moto = Item.__init__
numbered_by_moto = gen_amzn_requestid_long
read_by_moto = ConditionExpressionParser._lex_condition_expression


@contextmanager
def short_way() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "process_request", _processed)
        patch.setattr(SigV4Auth, "add_auth", _signed)
        patch.setattr(Item, "__init__", _item)
        patch.setattr(ConditionExpressionParser, "_lex_condition_expression", _read)
        patch.setattr(
            moto.core.responses, "method_names_from_class", cache(method_names_from_class)
        )
        patch.setattr(moto.core.responses, "gen_amzn_requestid_long", _request_id)
        yield


class _Handler(DynamoHandler):
    """As moto has it when it has read the request."""

    def __init__(self, operation: str, content_type: str, body: bytes) -> None:
        super().__init__()
        self.params = json.loads(body)
        self.headers = {"X-Amz-Target": operation, "Content-Type": content_type}
        self.querystring: dict[str, Any] = {}
        self.uri_match: dict[str, Any] = {}
        self.current_account, self.region, self.partition = DEFAULT_ACCOUNT_ID, REGION, "aws"
        self.response_headers = {"server": "amazon.com", "date": http_date(utcnow())}


def _processed(self: BotocoreStubber, request: Any) -> Any:
    if request.url != ADDRESS or any(kind in request.body for kind in BYTES):
        return processed_by_moto(self, request)
    operation, kind = (_text(request.headers[name]) for name in ("X-Amz-Target", "Content-Type"))
    handler = _Handler(operation, kind, request.body)
    try:
        return handler.call_action()
    except HTTPException as error:
        return error.code, error.get_headers(), error.get_body()


def _text(header: str | bytes) -> str:
    return header.decode() if isinstance(header, bytes) else header


def _request_id(headers: dict[str, Any] | None = None) -> str:
    if headers is not None:
        headers["x-amzn-requestid"] = "A" * 52
    return "A" * 52


def _signed(self: SigV4Auth, request: Any) -> None:
    """With what moto reads of a signature: whose it is, where and for what. None is checked."""
    if type(self) is not SigV4Auth:
        signed_by_botocore(self, request)
        return
    if self.credentials is None:
        raise NoCredentialsError
    scope = f"{self.credentials.access_key}/20261130/{self._region_name}/{self._service_name}"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}/aws4_request"


def _item(self: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: Any) -> None:
    """Measured once, not again for each attribute."""
    self.hash_key, self.range_key = hash_key, range_key
    self.attrs = LimitedSizeDict()
    size = 0
    for key, value in attrs.items():
        kept = DynamoType(value)
        size += bytesize(key) + kept.size()
        dict.__setitem__(self.attrs, key, kept)
    if size > MOST_BYTES:
        raise ItemSizeTooLarge


def _read(self: ConditionExpressionParser) -> deque[Any]:
    return deque(_words(self.condition_expression))


@cache
def _words(expression: str) -> tuple[Any, ...]:
    return tuple(read_by_moto(ConditionExpressionParser(expression, None, None)))
