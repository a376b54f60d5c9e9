"""One survey that everybody answers at once, in simulated time, with the product's own choice of
shards, its own writes and its own waits between tries."""

import heapq
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import cast

from chalicelib.errors import HeedError
from chalicelib.retry import ANSWER_TRIES, longest_pause
from chalicelib.table import Table
from chalicelib.tally.shards import MOST, Shards, opened
from tests.bench.answering import Request, requests
from tests.bench.limits import LimitedTable
from tests.support.samples import SURVEY

CALL_S = 0.005  # a call to the table
HELD_S = 0.010  # how long a transaction holds its items
OWN_S = 0.030  # what a function does besides
# By way. 64: a WarmThroughput of 64,000 write units.
WARM_PARTITIONS = {"form": 64, "phone": 128, "mouse": 128}
WARM_RATES, NEW_RATES = (1000, 2000, 3000), (100, 200, 300, 500)


@dataclass
class Rush:
    """What became of the answers. `waits` in seconds, from the press of Send to the stored answer;
    `given_up` are requests."""

    answers: int = 0
    waits: list[float] = field(default_factory=list)
    requests: Counter[int] = field(default_factory=Counter)  # that began in each second
    transactions: int = 0
    tries: int = 0  # of the transactions
    given_up: int = 0
    busiest: int = 0  # functions at once
    conflicts: int = 0
    throttles: int = 0
    units: float = 0.0
    shards: int = 1

    @property
    def tries_each(self) -> float:
        return self.tries / max(1, self.transactions)

    def wait(self, share: float) -> float:
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


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
    """A request of somebody's answer; those that follow it are `rest`."""

    at: float
    request: Request
    rest: list[Request]
    attempt: int = 0
    shards: Shards | None = None
    is_noted: bool = False


def rush(
    presses: Iterable[float],
    partitions: int,
    seed: int = 1,
    open_shards: int = 1,
    way: str = "form",
    at_once: bool = False,
) -> Rush:
    """`presses` are when people open a page; `at_once`: they do the rest without a pause.
    `open_shards` were opened before."""
    chance, order = random.Random(seed), count()
    table, found = LimitedTable(partitions), Rush()
    functions = Functions(table, chance)
    if open_shards > 1:
        _open(table, open_shards)
    waiting = [
        (at, next(order), _press(at, requests(way, number))) for number, at in enumerate(presses)
    ]
    found.answers = len(waiting)
    ends: list[tuple[float, int, Shards]] = []
    heapq.heapify(waiting)
    while waiting:
        now, _, press = heapq.heappop(waiting)
        while ends and ends[0][0] <= now:
            functions.give_back(heapq.heappop(ends)[2])
        press.shards = press.shards or functions.take()
        found.busiest = max(found.busiest, functions.busy)
        found.transactions += press.attempt == 0 and press.request.counted is not None
        ends_at, done = _try(press, now, table, found)
        if not done and press.attempt + 1 < ANSWER_TRIES:
            again = ends_at + chance.uniform(0, longest_pause(press.attempt))
            press.attempt += 1
            heapq.heappush(waiting, (again, next(order), press))
            continue
        heapq.heappush(ends, (ends_at + OWN_S, next(order), press.shards))
        found.given_up += not done
        if done and press.rest:
            pause = 0.0 if at_once else chance.uniform(*press.rest[0].pause)
            at = max(ends_at, press.at + pause)
            heapq.heappush(waiting, (at, next(order), _press(at, press.rest)))
        elif done:
            found.waits.append(ends_at - press.at)
    found.conflicts, found.throttles, found.units = table.conflicts, table.throttles, table.units
    found.shards = opened(cast(Table, table), SURVEY.id)
    return found


def _press(at: float, ahead: list[Request]) -> Press:
    return Press(at, ahead[0], ahead[1:])


def _try(press: Press, now: float, table: LimitedTable, found: Rush) -> tuple[float, bool]:
    """Gives when it ends, and whether all of it is stored."""
    assert press.shards
    table.now, table.calls = now, 0
    if press.attempt == 0:
        found.requests[int(now)] += 1
    try:
        at_once = press.request.at_once and press.attempt == 0
        if not (at_once or press.is_noted):
            table.note(press.request.noted)
            press.is_noted = True
        table.calls += press.request.reads  # the invitation and its response, in one batch
        if press.request.counted is None:
            return now + table.calls * CALL_S, True
        shard = press.shards.for_try(SURVEY.id, press.attempt)
        table.now = now + table.calls * CALL_S
        found.tries += 1
        entry = [press.request.noted] if at_once else []
        table.begin([*press.request.counted(shard), *entry], table.now + HELD_S)
    except HeedError:
        return now + table.calls * CALL_S, False
    return table.now + HELD_S, True


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


def sustained(
    way: str, partitions: int, rates: Iterable[int], seconds: float = 3.0
) -> dict[int, Rush]:
    """By the rate, up to the first one at which somebody is given up."""
    found: dict[int, Rush] = {}
    for rate in rates:
        presses = steadily(rate, seconds)
        found[rate] = rush(presses, partitions, open_shards=MOST, way=way)
        if found[rate].given_up:
            return found
    return found


def best_of(rates: dict[int, Rush]) -> int:
    return max((rate for rate, found in rates.items() if not found.given_up), default=0)
