"""Faults of a FakeTable by plan: one entry for each call, None where all goes well."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import hypothesis.strategies as st

from chalicelib.errors import HeedError, OutcomeUnknown, Unavailable, WriteConflict
from tests.support.fakes import FakeTable

WRITES = ("write", "transact")
plans = st.lists(
    st.sampled_from(
        [None, None, "conflict", "throttle", "lost", "unreadable", "crash before", "crash after"]
    ),
    max_size=8,
)


class Crash(BaseException):
    """The process ends between two calls."""


def with_faults(
    table: FakeTable, plan: Sequence[str | None] | None, action: Callable[[], Any]
) -> None:
    """Runs the action, and leaves the table sound again whatever came of it. A plan of None
    leaves what the table does meanwhile as it was set up."""
    if plan is not None:
        _plan(table, plan)
    with suppress(Crash, HeedError):
        action()
    heal(table)


def _plan(table: FakeTable, plan: Sequence[str | None]) -> None:
    left = list(plan)

    def before(operation: str) -> None:
        fault = left.pop(0) if left else None
        writes = operation in WRITES
        if fault == "crash before":
            raise Crash
        if fault == "unreadable" and not writes:
            raise Unavailable
        if writes and fault in ("conflict", "throttle"):
            raise WriteConflict if fault == "conflict" else OutcomeUnknown
        if writes and fault in ("lost", "crash after"):
            table.after = lambda _: lose(fault)

    def lose(fault: str) -> None:
        table.after = lambda _: None
        raise OutcomeUnknown if fault == "lost" else Crash

    table.before = before


def heal(table: FakeTable) -> None:
    table.before = table.after = lambda _: None
