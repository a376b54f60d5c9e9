"""What the bus and the network between may do, on a real socket: whatever is not surely taken is
put again, and consumers take an event twice."""

import json

import pytest
from botocore.config import Config

from chalicelib.aws import clients
from chalicelib.aws.bus import Bus
from chalicelib.publish import publish
from tests.support.wire import (
    ANSWER,
    RESET_AFTER,
    RESET_AT_ONCE,
    SILENT,
    Slow,
    answer,
    client_of,
    nobody_listens,
    wire,
)
from tests.unit.house.test_publish import QUEUED, record

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


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalFailure", "OfALaterDay"])
@pytest.mark.parametrize("failed", [[0], [1], [0, 1]])
def test_only_the_refused_entries_are_put_again(failed: list[int], code: str) -> None:
    entries = [{"ErrorCode": code} if n in failed else {"EventId": str(n)} for n in range(2)]
    with wire([told(200, {"FailedEntryCount": len(failed), "Entries": entries})]) as service:
        assert put_to(service.address) == failed
        assert service.connections == 1


@pytest.mark.parametrize("odd", [{}, {"EventId": ""}, {"EventId": "1", "ErrorCode": "Odd"}])
def test_an_entry_that_is_not_surely_taken_is_put_again(odd: dict[str, str]) -> None:
    with wire([told(200, {"FailedEntryCount": 0, "Entries": [odd, {"EventId": "2"}]})]) as service:
        assert put_to(service.address) == [0]


def test_a_slow_answer_is_waited_for() -> None:
    with wire([Slow(0.1, TAKEN)]) as service:
        assert put_to(service.address) == []


def test_publish_puts_the_refused_entry_again_and_no_other() -> None:
    one = told(200, {"FailedEntryCount": 0, "Entries": [{"EventId": "3"}]})
    queued = [record(None, QUEUED, number) for number in (1, 2)]
    with wire([HALF, one]) as service:
        bus = Bus(client_of("events", service.address, HASTY), "heed")
        answer = publish({"Records": queued}, bus.put, lambda attempt: None)
    assert answer == {"batchItemFailures": []}
    sent = [json.loads(taken)["Entries"] for taken in service.taken]
    ids = [[json.loads(entry["Detail"])["id"] for entry in entries] for entries in sent]
    assert ids == [["event-1", "event-2"], ["event-2"]]


@pytest.mark.parametrize(
    "deed",
    [
        THROTTLED,
        told(500, {"__type": "InternalException"}),
        told(403, {"__type": "AccessDeniedException"}),
        told(403, {"__type": "ExpiredTokenException"}),
        told(400, {"__type": "ResourceNotFoundException"}),
        answer(502, "<html>Bad Gateway</html>", "text/html"),
        answer(200, "no JSON at all", JSON),
        told(200, {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}),
        told(200, {}),
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
        RESET_AT_ONCE,
        RESET_AFTER,
        SILENT,
        Slow(0.6, TAKEN),
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
