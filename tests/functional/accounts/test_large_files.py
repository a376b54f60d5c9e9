"""A file that is larger than a batch."""

from itertools import chain, repeat
from typing import Any

import pytest
from chalice.test import HTTPResponse

from chalicelib import wiring
from tests.functional.conftest import Heed
from tests.support.accounts import IMPORTS, contacts, put

CSV = {"Content-Type": "text/csv"}


def file_of(count: int, domain: str = "acme.example.com") -> bytes:
    rows = (f"p{number},p{number}@{domain}\r\n" for number in range(count))
    return ("contact,email\r\n" + "".join(rows)).encode()


def send(heed: Heed, file: bytes, key: str = "night-1") -> HTTPResponse:
    return heed.call("POST", IMPORTS, file, **CSV, Idempotency_Key=key)


@pytest.fixture
def acme(heed: Heed) -> Heed:
    heed.call("PUT", "/v1/accounts/acme", {"name": "Acme"})
    return heed


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The time of each request is over after so many batches."""

    def set_batches(count: int) -> None:
        def lasting(seconds: float = 0) -> Any:
            return chain(repeat(1.0, count), repeat(0.0)).__next__

        monkeypatch.setattr(wiring, "lasting", lasting)

    return set_batches


def test_a_file_that_does_not_end_in_time_goes_on_where_it_stopped(
    acme: Heed, batches: Any
) -> None:
    batches(1)
    first = send(acme, file_of(120))
    assert first.status_code == 202
    assert first.headers["Retry-After"] == "1"
    assert (first.json_body["stored"], first.json_body["waiting"]) == (50, 70)
    assert send(acme, file_of(120)).json_body["waiting"] == 20
    last = send(acme, file_of(120))
    assert last.status_code == 200
    assert [row["status"] for row in last.json_body["results"]] == ["stored"] * 120
    assert send(acme, file_of(120)).json_body == last.json_body


def test_the_key_of_one_file_is_not_taken_for_another(acme: Heed) -> None:
    send(acme, file_of(3))
    assert send(acme, file_of(4)).status_code == 409
    assert send(acme, file_of(4), key="night-2").json_body["stored"] == 4


def test_without_a_key_the_rows_that_stand_are_read_and_not_written(
    acme: Heed, dynamodb: Any, faulty: Any
) -> None:
    acme.call("POST", IMPORTS, file_of(130), **CSV)
    calls = faulty(dynamodb, {}).calls
    done = acme.call("POST", IMPORTS, file_of(130), **CSV).json_body
    assert done["stored"] == 130
    assert set(calls) == {"GetItem", "BatchGetItem"}


def test_a_batch_that_meets_another_writer_is_stored_row_by_row(
    acme: Heed, dynamodb: Any, faulty: Any
) -> None:
    put(acme, "p1", role="CFO")
    reasons = {"CancellationReasons": [{"Code": "TransactionConflict"}]}
    taken = ("before", "TransactionCanceledException", 400, reasons)
    faulty(dynamodb, {"TransactWriteItems": [taken]})
    done = acme.call("POST", IMPORTS, file_of(3, "b.example.com"), **CSV).json_body
    assert (done["stored"], done["failed"]) == (3, 0)
    assert {one["email"] for one in contacts(acme)["items"]} == {
        f"p{number}@b.example.com" for number in range(3)
    }
    assert contacts(acme)["items"][1]["role"] == "CFO"


def test_more_than_ten_thousand_rows_store_nothing_and_name_the_limit(acme: Heed) -> None:
    refused = send(acme, file_of(10_001))
    assert refused.status_code == 409
    assert "10,000" in refused.json_body["errors"][0]["detail"]
    assert contacts(acme)["items"] == []


def test_what_a_batch_stored_is_told_when_the_next_one_fails(
    acme: Heed, dynamodb: Any, faulty: Any
) -> None:
    throttled = ("before", "ThrottlingException", 400)
    faulty(dynamodb, {"BatchGetItem": [None, *[throttled] * 40]})
    done = acme.call("POST", IMPORTS, file_of(60), **CSV).json_body
    assert [row["status"] for row in done["results"]] == ["stored"] * 50 + ["failed"] * 10
