"""Sweeps: many links of one mail opened faster than a person chooses."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from chalicelib.responses.judge.facts import Arrival, Client, Facts, Place

# (distinct scores, within seconds). PostHog saw ten ratings within a second; mautic
# multi-link clicks in seconds. Two scores by a person going back are further apart.
ONE_CLIENT = ((3, 15.0), (2, 1.5))
MANY_CLIENTS = (4, 60.0)
# Seconds before and after a sweep in which its client is not believed.
TAINT_S = 120.0
# Other links of the mail that a person hardly opens together with a score.
TRAPS = (Place.UNSUBSCRIBE, Place.HOME, Place.PROMISE)
TRAPS_NEEDED = 2
TRAP_S = 5.0
# Of the entries that filled the places of a link, so many came within TAINT_S. A link that a
# person opens again and again for weeks fills up too, and that is no sweep.
FLOOD = 32


class Taint(Struct, frozen=True):
    client: Client
    first: float
    last: float

    def covers(self, client: Client, at: float) -> bool:
        near = self.first - TAINT_S <= at <= self.last + TAINT_S
        return near and client.is_same(self.client)


def taints(facts: Facts, gestured: frozenset[str]) -> list[Taint]:
    """`gestured` are the visits with natural input. They are no part of a sweep by many
    clients."""
    opened = [
        arrival
        for arrival in facts.arrivals
        if arrival.place is Place.SCORE and not arrival.speculative
    ]
    found: list[Taint] = []
    for client in _distinct(arrival.client for arrival in opened):
        own = [arrival for arrival in opened if arrival.client.is_same(client)]
        for count, within in ONE_CLIENT:
            found += [Taint(client, *_span(run)) for run in _runs(own, count, within)]
    # A client that sweeps alone proves nothing about others at the same time.
    silent = [
        arrival
        for arrival in opened
        if arrival.visit not in gestured
        and not any(arrival.client.is_same(taint.client) for taint in found)
    ]
    for run in _runs(silent, *MANY_CLIENTS):
        found += [
            Taint(client, *_span(run)) for client in _distinct(arrival.client for arrival in run)
        ]
    return found


def is_trapped(facts: Facts, client: Client, at: float) -> bool:
    places = {
        arrival.place
        for arrival in facts.arrivals
        if arrival.place in TRAPS
        and abs(arrival.at - at) <= TRAP_S
        and arrival.client.is_same(client)
    }
    return len(places) >= TRAPS_NEEDED


def is_flooded(facts: Facts, at: float) -> bool:
    """Near the time at which the places were full, most of what came was not noted. So nothing
    tells whose sweep it was."""
    full_at = facts.full_at
    if full_at is None or abs(at - full_at) > TAINT_S:
        return False
    came = [arrival.at for arrival in facts.arrivals] + [beacon.at for beacon in facts.beacons]
    return sum(full_at - TAINT_S <= seen_at <= full_at for seen_at in came) >= FLOOD


def _runs(arrivals: Sequence[Arrival], count: int, within: float) -> list[list[Arrival]]:
    """The arrivals of every `within` seconds in which `count` distinct scores were opened."""
    ordered = sorted(arrivals, key=lambda arrival: arrival.at)
    runs = []
    for start, first in enumerate(ordered):
        run = [arrival for arrival in ordered[start:] if arrival.at - first.at <= within]
        if len({arrival.score for arrival in run}) >= count:
            runs.append(run)
    return runs


def _span(run: Sequence[Arrival]) -> tuple[float, float]:
    return run[0].at, run[-1].at


def _distinct(clients: Iterable[Client]) -> list[Client]:
    found: list[Client] = []
    for client in clients:
        if not any(client.is_same(other) for other in found):
            found.append(client)
    return found
