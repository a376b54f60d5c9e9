"""The largest file that the documentation names, through the gateway."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Stack

pytestmark = pytest.mark.slow
ROWS = 10_000
FILE = "contact,email\r\n" + "".join(f"p{n},p{n}@acme.example.com\r\n" for n in range(ROWS))


def call(stack: Stack, method: str, path: str, body: str, **headers: str) -> tuple[int, Any]:
    sent = {"Authorization": f"Bearer {stack.key}", **headers}
    address = stack.api + path
    request = urllib.request.Request(address, body.encode(), sent, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, json.load(answer)


@pytest.fixture(autouse=True)
def _as_small_as_before(stack: Stack) -> Iterator[None]:
    """The other tests share the stack."""
    yield
    client, name = stack.aws("dynamodb"), stack.outputs["TableName"]
    for first in range(0, ROWS, 25):
        names = (f"CONTACT#p{number}" for number in range(first, first + 25))
        keys = ({"PK": {"S": "ACCOUNT#large"}, "SK": {"S": contact}} for contact in names)
        deletes = [{"DeleteRequest": {"Key": key}} for key in keys]
        client.batch_write_item(RequestItems={name: deletes})


def test_ten_thousand_rows_are_stored_by_sending_the_file_until_none_waits(stack: Stack) -> None:
    call(
        stack,
        "PUT",
        "/v1/accounts/large",
        '{"name": "Large"}',
        **{"Content-Type": "application/json"},
    )
    kind = {"Content-Type": "text/csv", "Idempotency-Key": "large-1"}
    waiting = ROWS
    for _ in range(30):
        status, told = call(stack, "POST", "/v1/accounts/large/contacts/imports", FILE, **kind)
        assert told["waiting"] < waiting
        waiting = told["waiting"]
        if status == 200:
            break
    assert (status, told["stored"], told["rows"]) == (200, ROWS, ROWS)
    assert {row["status"] for row in told["results"]} == {"stored"}
