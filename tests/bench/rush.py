"""One survey that everybody answers at once, in simulated time, with the product's own choice of
shards, its own writes and its own waits between tries."""

import heapq
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from chalicelib import ids
from chalicelib.errors import HeedError
from chalicelib.responses.response import Answer, answered
from chalicelib.responses.store import ResponseStore
from chalicelib.retry import ANSWER_TRIES, longest_pause
from chalicelib.table import Check, Table, Write
from chalicelib.tally.shards import MOST, Shards, opened
from tests.bench.limits import LimitedTable
from tests.support.samples import NOW, SURVEY, invitation

CALL_S = 0.005  # a call to the table
HELD_S = 0.010  # how long a transaction holds its items
OWN_S = 0.030  # what a function does besides
WARM_PARTITIONS = 64  # WarmThroughput of 64,000 write units
RATES = (100, 200, 300, 500, 1000, 2000, 3000, 4000)
GROUPS = ("Network", "Service Desk", "Workplace")
WORDS = "Solved in one call, thank you."


@dataclass
class Rush:
    """What became of the answers. `waits` in seconds, from the press to the stored answer."""

    waits: list[float] = field(default_factory=list)
    tries: int = 0
    given_up: int = 0
    busiest: int = 0  # functions at once
    conflicts: int = 0
    throttles: int = 0
    units: float = 0.0
    shards: int = 1

    @property
    def answers(self) -> int:
        return len(self.waits) + self.given_up

    @property
    def tries_each(self) -> float:
        return self.tries / max(1, self.answers)

    def wait(self, share: float) -> float:
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


class Captured:
    """Takes what a transaction of the product would write."""

    def transact(self, writes: list[Write | Check]) -> None:
        self.writes = writes


class Functions:
    """Each works on one answer at a time, and knows what it once learned of the shards."""

    def __init__(self, table: LimitedTable, chance: random.Random) -> None:
        self._table, self._chance = table, chance
        self._idle: list[Shards] = []
        self.busy = 0

    def take(self) -> Shards:
        self.busy += 1
        if self._idle:
            return self._idle.pop()
        return Shards(cast(Table, self._table), self._chance.randrange)

    def give_back(self, one: Shards) -> None:
        self.busy -= 1
        self._idle.append(one)


@dataclass
class Press:
    number: int
    at: float
    attempt: int = 0
    shards: Shards | None = None


def rush(presses: Iterable[float], partitions: int, seed: int = 1, open_shards: int = 1) -> Rush:
    """`presses` are when people press Send. `open_shards` were opened before."""
    chance = random.Random(seed)
    table, found = LimitedTable(partitions), Rush()
    functions = Functions(table, chance)
    if open_shards > 1:
        _open(table, open_shards)
    waiting = [(at, number, Press(number, at)) for number, at in enumerate(presses)]
    ends: list[tuple[float, int, Shards]] = []
    heapq.heapify(waiting)
    while waiting:
        now, number, press = heapq.heappop(waiting)
        while ends and ends[0][0] <= now:
            functions.give_back(heapq.heappop(ends)[2])
        press.shards = press.shards or functions.take()
        found.busiest = max(found.busiest, functions.busy)
        ends_at, done = _try(press, now, table, found)
        if done or press.attempt + 1 == ANSWER_TRIES:
            found.given_up += not done
            found.waits += [ends_at - press.at] if done else []
            heapq.heappush(ends, (ends_at + OWN_S, number, press.shards))
            continue
        again = ends_at + chance.uniform(0, longest_pause(press.attempt))
        press.attempt += 1
        heapq.heappush(waiting, (again, number, press))
    found.conflicts, found.throttles, found.units = table.conflicts, table.throttles, table.units
    found.shards = opened(cast(Table, table), SURVEY.id)
    return found


def _try(press: Press, now: float, table: LimitedTable, found: Rush) -> tuple[float, bool]:
    """Gives when it ends, and whether the answer is stored."""
    assert press.shards
    found.tries += 1
    table.now, table.calls = now, 0
    try:
        shard = press.shards.for_try(SURVEY.id, press.attempt)
        table.calls += 1  # the invitation and its response, in one batch
        table.now = now + table.calls * CALL_S
        table.begin(_writes(press.number, shard), table.now + HELD_S)
    except HeedError:
        return now + table.calls * CALL_S, False
    return table.now + HELD_S, True


def _writes(number: int, shard: int) -> list[Write | Check]:
    """Of a form that is sent, of somebody who was asked: one segment."""
    captured = Captured()
    asked = invitation(f"rush {number}", segments=(f"group={GROUPS[number % len(GROUPS)]}",))
    said, at = Answer(number % 11, WORDS), NOW + timedelta(milliseconds=number)
    operation = ids.derived_id("operation", str(number))
    after = answered(asked, None, said, operation, "2026-11-20", at)
    ResponseStore(cast(Table, captured)).replace(None, after, shard, asked)
    return captured.writes


def _open(table: LimitedTable, shards: int) -> None:
    known = Shards(cast(Table, table), lambda count: 0)
    while opened(cast(Table, table), SURVEY.id) < shards:
        known.for_try(SURVEY.id, ANSWER_TRIES)


def steadily(rate: float, seconds: float, seed: int = 1) -> list[float]:
    """As people come: each by himself."""
    chance, at, presses = random.Random(seed), 0.0, list[float]()
    while at < seconds:
        at += chance.expovariate(rate)
        presses.append(at)
    return presses


def burst(people: int, seed: int = 1) -> list[float]:
    chance = random.Random(seed)
    return sorted(chance.uniform(0, 0.1) for _ in range(people))


def sustained(partitions: int, seconds: float = 5.0) -> dict[int, Rush]:
    """By the rate, up to the first one at which somebody is given up."""
    found: dict[int, Rush] = {}
    for rate in RATES:
        found[rate] = rush(steadily(rate, seconds), partitions, open_shards=MOST)
        if found[rate].given_up:
            return found
    return found


def best_of(rates: dict[int, Rush]) -> int:
    return max((rate for rate, found in rates.items() if not found.given_up), default=0)
