"""What the bus and the network between may do, on a real socket: whatever is not surely taken is
put again, and consumers take an event twice."""

import json

import pytest
from botocore.config import Config

from chalicelib.aws import clients
from chalicelib.aws.bus import Bus
from tests.support.wire import (
    ANSWER,
    RESET_AFTER,
    RESET_AT_ONCE,
    SILENT,
    answer,
    client_of,
    nobody_listens,
    wire,
)

HASTY = clients._config("events").merge(Config(read_timeout=0.3, connect_timeout=0.3))
JSON = "application/x-amz-json-1.1"
TWO = [("TaskOpened", "{}"), ("TaskClosed", "{}")]


def told(status: int, body: object) -> bytes:
    return answer(status, json.dumps(body), JSON)


TAKEN = told(200, {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}, {"EventId": "2"}]})
HALF = told(
    200,
    {"FailedEntryCount": 1, "Entries": [{"EventId": "1"}, {"ErrorCode": "ThrottlingException"}]},
)
THROTTLED = told(400, {"__type": "ThrottlingException"})


def put_to(address: str) -> list[int]:
    return Bus(client_of("events", address, HASTY), "heed").put(TWO)


def test_what_is_taken_is_not_put_again() -> None:
    with wire([TAKEN]) as service:
        assert put_to(service.address) == []
    assert [entry["DetailType"] for entry in json.loads(service.taken[0])["Entries"]] == [
        "TaskOpened",
        "TaskClosed",
    ]


def test_only_the_refused_half_is_put_again() -> None:
    with wire([HALF]) as service:
        assert put_to(service.address) == [1]


@pytest.mark.parametrize(
    "deed",
    [
        THROTTLED,
        told(500, {"__type": "InternalException"}),
        told(403, {"__type": "AccessDeniedException"}),
        answer(502, "<html>Bad Gateway</html>", "text/html"),
        answer(200, "no JSON at all", JSON),
        RESET_AT_ONCE,
        RESET_AFTER,
        SILENT,
    ],
)
def test_what_may_not_have_been_taken_is_put_again(deed: ANSWER) -> None:
    with wire([deed, deed]) as service:
        assert put_to(service.address) == [0, 1]


@pytest.mark.parametrize("deed", [THROTTLED, RESET_AFTER, answer(503), SILENT])
def test_one_fault_is_repeated_by_the_sdk(deed: ANSWER) -> None:
    with wire([deed, TAKEN]) as service:
        assert put_to(service.address) == []
        assert service.connections == 2


def test_nobody_at_the_address_takes_nothing() -> None:
    assert put_to(nobody_listens()) == [0, 1]


def test_each_batch_is_on_its_own() -> None:
    ten = told(200, {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}] * 10})
    with wire([ten, THROTTLED, THROTTLED]) as service:
        entries = [("TaskOpened", "{}")] * 12
        assert Bus(client_of("events", service.address, HASTY), "heed").put(entries) == [10, 11]
