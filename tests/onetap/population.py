"""Replays a made-up population of people and scanners through the app's use cases, and counts
what the judge got wrong: `make population [SEED=...] [COUNT=...]`. The same seed gives the same
population. Times are simulated."""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from chalicelib.responses.judge.verdict import State
from tests.onetap.population_people import PEOPLE
from tests.onetap.population_scanners import SCANNERS
from tests.onetap.population_world import World

POSTURES = {"scanned": 50, "unknown": 30, "consumer": 20}
ANSWERED_SHARE = 0.6
# A mailbox behind a gateway is scanned nearly always, another one now and then.
SCANS = {"scanned": (1, 1, 2, 2, 3), "unknown": (0, 0, 1, 1, 2), "consumer": (0, 0, 0, 0, 1)}
MOST_PHANTOMS = 1 / 10_000  # of the visits of scanners
MOST_HELD = 0.03  # of the people


@dataclass(frozen=True)
class Outcome:
    """`person` is None where nobody answered."""

    person: str | None
    visits: Mapping[str, int]
    is_phantom: bool
    is_lost: bool
    is_held: bool
    has_settled: bool
    pressed: bool


def outcome(seed: str, number: int) -> Outcome:
    world = World(Random(f"{seed}/{number}"), "unknown")
    chance = world.chance
    world = World(chance, _chosen(POSTURES, chance))
    person = _chosen(PEOPLE, chance) if chance.random() < ANSWERED_SHARE else None
    if person:
        person(world, _opening(chance))
    for _ in range(chance.choice(SCANS[world.posture])):
        scan = _chosen(SCANNERS, chance)
        name = _name(scan)
        world.visits[name] = world.visits.get(name, 0) + scan(world, _scan_time(world))
    final = world.play()
    counted = final.score if final and final.state is State.COUNTED else None
    wanted = world.scores[-1] if world.scores else None
    held = final is not None and final.state is State.HELD
    return Outcome(
        person=_name(person) if person else None,
        visits=world.visits,
        is_phantom=counted is not None and counted not in world.scores,
        is_lost=wanted is not None and counted != wanted and not held,
        is_held=held,
        has_settled=State.SETTLING in world.states,
        pressed=world.pressed,
    )


def _opening(chance: Random) -> float:
    """When the person opens the mail: a few at once, most within hours."""
    if chance.random() < 0.06:
        return chance.uniform(8, 90)
    return min(90 + chance.expovariate(1 / 20_000), 20 * 86_400)


def _scan_time(world: World) -> float:
    """Before, with or after the person; else within a minute, minutes or hours of delivery."""
    chance, person = world.chance, world.answered_at
    early = [chance.uniform(0, 60), chance.uniform(60, 900), chance.uniform(900, 90_000)]
    if person is None:
        return chance.choices(early, (6, 3, 2))[0]
    near = [
        max(0.0, person + chance.uniform(-3, 1)),
        person + chance.uniform(12, 300),
        person + chance.uniform(600, 90_000),
    ]
    return chance.choices([*early, *near], (5, 2, 1, 2, 2, 1))[0]


def _chosen(weights: Mapping[Any, int], chance: Random) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]


def _name(kind: Callable[..., Any]) -> str:
    return kind.__name__.replace("_", " ")


@dataclass(frozen=True)
class Found:
    """`rows` are the counts of each kind of people and of scanners."""

    rows: Mapping[str, Counter[str]]
    visits: int
    phantoms: int
    people: int
    lost: int
    lost_presses: int
    held: int

    @property
    def is_within_limits(self) -> bool:
        return (
            self.phantoms <= MOST_PHANTOMS * self.visits
            and self.lost_presses == 0
            and self.held <= MOST_HELD * self.people
        )


def found(seed: str, count: int) -> Found:
    return summed(outcome(seed, number) for number in range(count))


def summed(outcomes: Iterable[Outcome]) -> Found:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for one in outcomes:
        told = {
            "phantom": one.is_phantom,
            "lost": one.is_lost,
            "held": one.is_held,
            "settling": one.has_settled,
        }
        marks = Counter(name for name, is_true in told.items() if is_true)
        total["phantom"] += one.is_phantom
        total["lost"] += one.is_lost
        total["held"] += one.is_held and one.person is not None
        total["lost presses"] += one.is_lost and one.pressed
        if one.person:
            rows[one.person].update({"number": 1, **marks})
            total["people"] += 1
        for kind, visits in one.visits.items():
            # What became of the invitation is the scanner's doing where nobody answered.
            own = Counter({"phantom": marks["phantom"]}) if one.person else marks
            rows[kind].update({"number": visits, **own})
            total["visits"] += visits
    return Found(
        rows,
        total["visits"],
        total["phantom"],
        total["people"],
        total["lost"],
        total["lost presses"],
        total["held"],
    )


def report(result: Found, say: Callable[[str], None]) -> None:
    columns = ("phantom", "lost", "held", "settling")
    for title, kinds in (("people", PEOPLE), ("visits of scanners", SCANNERS)):
        say(f"{title:<32}{'number':>9}" + "".join(f"{name:>10}" for name in columns))
        for kind in kinds:
            row = result.rows.get(_name(kind), Counter())
            shares = (f"{100 * row[name] / max(row['number'], 1):>9.2f}%" for name in columns)
            say(f"{_name(kind):<32}{row['number']:>9}" + "".join(shares))
        say("")
    held = 100 * result.held / max(result.people, 1)
    say(f"{result.phantoms} phantoms in {result.visits} visits of scanners (1 in 10,000 at most)")
    say(f"{result.lost_presses} of those who pressed Send were lost (none), {result.lost} of all")
    say(f"{held:.2f} % of {result.people} people were held (3 % at most)")


def main(seed: str, count: int) -> int:
    print(f"{count} invitations, seed {seed}\n")
    with ProcessPoolExecutor() as pool:
        result = summed(pool.map(partial(outcome, seed), range(count), chunksize=250))
    report(result, print)
    return 0 if result.is_within_limits else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
