"""The tables that each test begins with. moto makes them once in a process; a test has a copy."""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table

REGION = "us-east-1"
MADE: dict[str, Table] = {}


@contextmanager
def fresh_tables(client: Any, makers: Mapping[str, Callable[[Any], None]]) -> Iterator[None]:
    for name, make in makers.items():
        if name not in MADE:
            make(client)
            MADE[name] = _tables().pop(name)
        _tables()[name] = _copy(MADE[name])
    yield
    for name in makers:
        del _tables()[name]


def _tables() -> dict[str, Table]:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables


def _copy(made: Table) -> Table:
    """Not by deepcopy of the table: lean_moto takes that away."""
    table: Table = copy.copy(made)
    vars(table).update(copy.deepcopy(vars(made)))
    return table
