"""What the requests of one answer write, as the product writes it: its page, its beacons and its
form, of somebody who was asked. One segment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, cast

from msgspec.structs import replace

from chalicelib import ids, keys
from chalicelib.responses.judge.entries import entry_update
from chalicelib.responses.judge.facts import Act, Arrival, Beacon, Client, Fact, Place, Signal
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.response import Answer, Response, answered
from chalicelib.responses.store import ResponseStore
from chalicelib.table import Check, Table, Update, Write
from tests.support.samples import NOW, invitation

# `form`: its page reports nothing.
WAYS: Final = ("form", "phone", "mouse")
GROUPS: Final = ("Network", "Service Desk", "Workplace")
WORDS: Final = "Solved in one call, thank you."
BROWSER: Final = Client("97f3b4939b54ef44", "424199610661b09e")
DAY: Final = "2026-11-20"

Writes = list[Write | Check]


@dataclass(frozen=True)
class Request:
    """`pause`: from how many seconds to how many after the one before. `counted` gives, by the
    shard, what is written when the judge has spoken; None where that changes nothing. `at_once`:
    the first try writes what is noted with it."""

    pause: tuple[float, float]
    noted: Update
    reads: bool = True
    counted: Callable[[int], Writes] | None = None
    at_once: bool = False


def requests(way: str, number: int) -> list[Request]:
    tap = _Tap(number, touch=way == "phone")
    if way == "form":
        return [tap.page(), tap.form(None)]
    first = tap.judged(State.SETTLING if tap.touch else State.COUNTED)
    told = (first, None) if tap.touch else (None, first)
    return [tap.page(), tap.hello(told[0]), tap.later(told[1]), tap.form(first)]


class _Tap:
    def __init__(self, number: int, touch: bool) -> None:
        self.touch, self._score = touch, number % 11
        self._at = NOW + timedelta(milliseconds=number)
        group = f"group={GROUPS[number % len(GROUPS)]}"
        self._asked = invitation(f"rush {number}", segments=(group,))
        self._visit = ids.derived_id("visit", str(number))
        self._bucket = 0

    def page(self) -> Request:
        fact = Arrival(self._at.timestamp(), BROWSER, Place.SCORE, self._score, self._visit)
        return Request((0, 0), self._noted(fact), reads=False)

    def hello(self, first: Response | None) -> Request:
        return Request((0.1, 0.3), self._beacon(Signal.HELLO), counted=self._writes(None, first))

    def later(self, first: Response | None) -> Request:
        signal = Signal.DWELL if self.touch else Signal.GESTURE
        return Request((0.1, 0.3), self._beacon(signal), counted=self._writes(None, first))

    def form(self, first: Response | None) -> Request:
        at = self._at.timestamp()
        act = Act(at, BROWSER, self._visit, self._score, at, self._visit, trusted=True)
        said = Answer(self._score, WORDS)
        last = answered(self._asked, first, said, "", DAY, self._at)
        last = replace(last, state=State.COUNTED, posture="consumer", settles_at=None)
        writes = self._writes(first, last)
        return Request((0.2, 0.6), self._noted(act), counted=writes, at_once=True)

    def judged(self, state: State) -> Response:
        first = answered(self._asked, None, Answer(self._score), "", DAY, self._at)
        settles_at = self._at + timedelta(minutes=10) if state is State.SETTLING else None
        why = Why.PHONE if self.touch else Why.INPUT
        return replace(first, state=state, why=why, posture="consumer", settles_at=settles_at)

    def _beacon(self, signal: Signal) -> Update:
        at = self._at.timestamp()
        beacon = Beacon(at, BROWSER, self._visit, self._score, signal, touch=self.touch)
        return self._noted(beacon)

    def _noted(self, fact: Fact) -> Update:
        return entry_update(keys.visit(self._asked.id), fact, self._asked.expires_at)

    def _writes(
        self, before: Response | None, after: Response | None
    ) -> Callable[[int], Writes] | None:
        if after is None:
            return None

        def writes(shard: int) -> Writes:
            captured = _Captured()
            store = ResponseStore(cast(Table, captured))
            # As it was stored: the first write gave it its place in the lists.
            known = replace(before, bucket=self._bucket) if before else None
            stored = store.replace(known, replace(after, bucket=self._bucket), shard, self._asked)
            self._bucket = stored.bucket
            return captured.writes

        return writes


class _Captured:
    """Takes what a transaction of the product would write."""

    def transact(self, writes: Writes) -> None:
        self.writes = writes
