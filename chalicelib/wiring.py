"""The tables, the bus, the secrets and chance. Each is made at first use and kept. What a room's
use cases need is in the room's own wiring.py."""

import random
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.aws.clients import client, forget_clients, rehearsed
from chalicelib.aws.made_secrets import MadeSecrets
from chalicelib.aws.secrets import Secrets
from chalicelib.aws.table import DynamoTable
from chalicelib.deadline import for_at_most
from chalicelib.logs import log_failure
from chalicelib.noting import NotedElsewhere, NotingTable
from chalicelib.retry import longest_pause
from chalicelib.settings import settings
from chalicelib.table import Check, Key, Put, Table, Update

if TYPE_CHECKING:
    from chalicelib.aws.bus import Bus

# No batch of a file begins later: what it needs then ends before the function does.
FILE_S = 7.0


@cache
def table() -> NotingTable:
    return NotingTable(DynamoTable(client("dynamodb"), settings().table))


@cache
def ballot_table() -> Table:
    """A table of its own, without a stream and without a backup."""
    ballots = DynamoTable(client("dynamodb"), settings().ballots)
    return NotedElsewhere(ballots, _note)


@cache
def made_secrets() -> MadeSecrets:
    return MadeSecrets(client("secretsmanager"), _note)


@cache
def secrets() -> Secrets:
    return Secrets(client("secretsmanager"), _note)


def _note() -> None:
    table().note()


@cache
def bus() -> "Bus":
    from chalicelib.aws.bus import Bus

    return Bus(client("events"), settings().bus)


def rehearse() -> None:
    """Makes what a tap calls, and what botocore makes at a first call. Nothing is sent."""
    try:
        _rehearse()
    except Exception as error:  # a function that lacks something still shows the page that says so
        log_failure("rehearse", error)


def _rehearse() -> None:
    key = Key("REHEARSAL", "REHEARSAL")
    with rehearsed("dynamodb", {"Attributes": {}, "Responses": {}}):
        table().get(key)
        table().get_all([key])
        table().update(Update(key, set={"at": 0}, add={"count": 1}))
        table().transact([Put(key.as_item()), Check(key, {"at": 0})])
    with rehearsed("secretsmanager", {"SecretString": "{}"}):
        # By another reader than that of the requests, which would remember it.
        Secrets(client("secretsmanager"), _note).json("rehearsal")
    secrets()


def forget() -> None:
    """What was made so far, with its clients."""
    forget_clients()
    for make in (table, ballot_table, made_secrets, secrets, bus):
        make.cache_clear()


def pause(attempt: int) -> None:
    """Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"""
    time.sleep(random.uniform(0, longest_pause(attempt)))  # noqa: S311


def lasting(seconds: float) -> Callable[[], float]:
    """What is left of `seconds` from now on, or of the function's time if that is less."""
    return for_at_most(seconds)


def pick(count: int) -> int:
    """For tally shards and waits only: nobody gains by guessing them."""
    return random.randrange(count)  # noqa: S311
