"""What the local stack saves while it runs is what was there between two requests."""

import asyncio
import io
import json
import threading
import time
from collections.abc import Iterator

import pytest

from infra.run_ministack import Copies, between_requests, write_at_once


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join()
    made.close()


def test_a_transaction_is_saved_as_a_whole_or_not_at_all(loop: asyncio.AbstractEventLoop) -> None:
    table = {"answers": 0, "counted": 0}

    async def transact() -> None:
        table["answers"] += 1
        time.sleep(0.01)
        table["counted"] += 1

    for _ in range(20):
        asyncio.run_coroutine_threadsafe(transact(), loop)
    saved = [between_requests(loop, lambda: dict(table)) for _ in range(10)]
    assert [state for state in saved if state["answers"] != state["counted"]] == []


def test_a_state_that_cannot_be_read_is_told_to_whoever_saves(
    loop: asyncio.AbstractEventLoop,
) -> None:
    with pytest.raises(KeyError):
        between_requests(loop, lambda: {}["missing"])


def test_only_who_saves_gets_the_table_itself() -> None:
    table, copies = {"answers": [1]}, Copies()
    with copies.left_out():
        assert copies.deepcopy(table) is table
        beside: list[object] = []
        other = threading.Thread(target=lambda: beside.append(copies.deepcopy(table)))
        other.start()
        other.join()
    assert beside == [table]
    assert beside[0] is not table
    after = copies.deepcopy(table)
    assert after == table
    assert after["answers"] is not table["answers"]


def test_what_is_written_at_once_reads_the_same() -> None:
    state = {"name": "Ole é", "keys": {"a", "b"}}
    at_once, bit_by_bit = io.StringIO(), io.StringIO()
    write_at_once(state, at_once, default=sorted)
    json.dump(state, bit_by_bit, default=sorted)
    assert at_once.getvalue() == bit_by_bit.getvalue()
