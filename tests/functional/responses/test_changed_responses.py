"""The changes of what people said, for a warehouse."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import boto3

from chalicelib import moments
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation
from tests.functional.conftest import TABLE
from tests.support.answers import Said, next_of, refused


def test_changes_since_before_the_first_day_are_all_changes(four: Said) -> None:
    everything = four.get(updated_since="2000-01-01T00:00:00Z")
    assert four.get(updated_since="0001-01-01T00:00:00+14:00").json_body == everything.json_body


SINCE = {"updated_since": "2026-11-20T12:00:00Z"}


def lines_of(page: Any) -> list[Any]:
    return [json.loads(line) for line in page.body.decode().splitlines()]


def test_a_warehouse_learns_of_every_change_and_keeps_nothing_that_was_erased(
    said: Said,
) -> None:
    first, second = said.answer("a", 2, "slow"), said.answer("b", 9)
    said.clock.shift(timedelta(minutes=5))
    page = said.get(accept="application/jsonl", **SINCE)
    kept = {one["id"]: one for one in lines_of(page)}
    assert list(kept) == [first, second]

    said.answer("a", 10)
    said.clock.shift(timedelta(minutes=1))
    erase_response(
        second, new_operation(moments.now()), moments.now(), responses_wiring.record_needs()
    )
    said.clock.shift(timedelta(minutes=5))
    again = said.get(accept="application/jsonl", updated_since=page.headers["Settled-To"])
    changes = lines_of(again)
    assert [one.get("score") for one in changes] == [10, None]
    assert changes[1].keys() == {"id", "survey", "state", "changed_at"}
    assert changes[1]["state"] == "erased"


def test_changes_come_oldest_first_in_pages_that_join(four: Said) -> None:
    four.clock.shift(timedelta(minutes=5))
    pages = list(four.all_pages(accept="application/jsonl", limit=3, **SINCE))
    times = [one["changed_at"] for page in pages for one in lines_of(page)]
    assert len(times) == 4
    assert times == sorted(times)
    assert "Settled-To" not in pages[0].headers
    assert "Settled-To" in pages[-1].headers


def test_the_last_seventy_seconds_are_not_told_yet(said: Said) -> None:
    said.answer("a", 2)
    said.clock.shift(timedelta(seconds=69))
    page = said.get(**SINCE)
    assert page.json_body["items"] == []
    assert page.headers["Settled-To"] == "2026-11-20T12:00:59.000Z"
    said.clock.shift(timedelta(seconds=2))
    assert [one["score"] for one in said.items(**SINCE)] == [2]


def test_changes_since_a_time_to_come_are_none(said: Said) -> None:
    assert said.items(updated_since="2030-01-01T00:00:00Z") == []


def test_changes_as_a_table_hold_the_erased_too(said: Said) -> None:
    erased = said.answer("a", 2, "slow")
    erase_response(
        erased, new_operation(moments.now()), moments.now(), responses_wiring.record_needs()
    )
    said.clock.shift(timedelta(minutes=5))
    page = said.get(accept="text/csv", **SINCE)
    (row,) = csv.DictReader(io.StringIO(page.body.decode()))
    assert (row["id"], row["state"], row["comment"]) == (erased, "erased", "")


def test_a_cursor_of_the_list_is_none_of_the_changes(four: Said) -> None:
    cursor = next_of(four)
    assert refused(four.get(cursor=cursor, **SINCE))[1] == "cursor"


def test_an_answer_costs_one_small_item_more(said: Said) -> None:
    said.answer("a", 2, "x" * 9_000)
    table = boto3.client("dynamodb")
    (place,) = [one for one in table.scan(TableName=TABLE)["Items"] if one["SK"]["S"] == "CHANGE"]
    assert len(str(place)) < 1024
