"""Scanners of twelve kinds, before, with and after the person.

What cannot be told from a person by anything that a server sees is not among them, and is
counted (docs/decisions/0007): a perfect fake of a phone, a driver that moves the mouse as a
hand does, and a program that keeps a form for some seconds and sends it without script from a
network that nobody knows, when nobody has answered."""

import json
from collections.abc import Callable
from random import Random

from chalicelib.networks import DATA
from chalicelib.responses.judge.facts import Client, Signal
from tests.onetap.population_world import World

HELLO, DWELL, LEAVE = Signal.HELLO, Signal.DWELL, Signal.LEAVE
SOURCES = json.loads(DATA.read_text())["sources"]
PREFIXES = {
    kind: [prefix for one in SOURCES if one["network"] == kind for prefix in one["prefixes"]]
    for kind in ("scanner", "cloud")
}
BROWSERS = ("windows", "old chrome", "mac")


def known(chance: Random) -> str:
    """An address of a network that scanners are known to use."""
    prefix = chance.choice(PREFIXES[chance.choice(("scanner", "cloud"))])
    address, _, length = prefix.partition("/")
    start = int.from_bytes(map(int, address.split(".")), "big")
    place = start + chance.randrange(1 << (32 - int(length)))
    return ".".join(map(str, place.to_bytes(4, "big")))


def any_network(chance: Random) -> str:
    """One in five comes from a network that no list knows."""
    unknown = f"{chance.choice((23, 45, 185))}.{chance.randrange(250)}.11.{chance.randrange(250)}"
    return unknown if chance.random() < 0.2 else known(chance)


def scanner(world: World, agents: tuple[str, ...] = BROWSERS) -> Client:
    return world.client(any_network(world.chance), world.chance.choice(agents))


def opens_one_link(world: World, at: float) -> int:
    client = scanner(world, ("none", "library", *BROWSERS))
    score = world.chance.randrange(11)
    world.open(client, score, at)
    world.open(client, score, at + 0.4)
    return 2


def opens_every_link(world: World, at: float) -> int:
    client, links = scanner(world, ("library", *BROWSERS)), list(range(11))
    world.chance.shuffle(links)
    for place, score in enumerate(links):
        world.open(client, score, at + place * world.chance.uniform(0.05, 0.7))
    return 11


def runs_the_script_of_every_link(world: World, at: float) -> int:
    client = scanner(world)
    for score in range(11):
        world.open(client, score, at + score * 0.8).reports(HELLO, LEAVE, gap=0.3)
    return 11


def spreads_over_networks(world: World, at: float) -> int:
    for place, score in enumerate(world.chance.sample(range(11), 7)):
        page = world.open(scanner(world), score, at + place * world.chance.uniform(0.5, 5))
        page.reports(HELLO)
    return 7


def runs_the_script_and_stays(world: World, at: float) -> int:
    page = world.open(scanner(world), world.chance.randrange(11), at)
    page.reports(HELLO, DWELL, LEAVE, gap=world.chance.uniform(2, 20))
    return 1


def says_it_is_driven(world: World, at: float) -> int:
    page = world.open(scanner(world), world.chance.randrange(11), at, webdriver=True)
    page.reports(HELLO, DWELL).moves("pointermove", after=2).send(4, gesture="pointermove")
    return 1


def plays_a_phone(world: World, at: float) -> int:
    """Chromium that claims to be a phone has not its engine."""
    client = scanner(world, ("iphone", "android"))
    page = world.open(client, world.chance.randrange(11), at, touch=True, engine_ok=False)
    page.reports(HELLO, DWELL, LEAVE)
    return 1


def clicks_by_script(world: World, at: float) -> int:
    page = world.open(scanner(world), world.chance.randrange(11), at).reports(HELLO)
    page.send(world.chance.uniform(0.5, 30), trusted=False)
    return 1


def drives_a_pointer(world: World, at: float) -> int:
    """`mouse.move` and `click` in a browser that does not say so."""
    page = world.open(scanner(world), world.chance.randrange(11), at).reports(HELLO, DWELL)
    page.moves("pointerdown", after=2.2)
    page.send(world.chance.uniform(2.5, 30), gesture="pointerdown")
    return 1


def sends_the_form_back_at_once(world: World, at: float) -> int:
    client = scanner(world, ("library", *BROWSERS))
    page = world.open(client, world.chance.randrange(11), at)
    page.send(world.chance.uniform(0.1, 1.2), score=world.chance.randrange(11), trusted=None)
    return 1


def keeps_the_form_and_sends_it(world: World, at: float) -> int:
    """From a network that is known; after a person has answered, from any other as well."""
    chance = world.chance
    is_late = world.answered_at is not None and at > world.answered_at + 15
    address = any_network(chance) if is_late else known(chance)
    page = world.open(world.client(address, chance.choice(BROWSERS)), chance.randrange(11), at)
    page.send(chance.uniform(1.6, 40), score=chance.randrange(11), trusted=None)
    return 1


def sends_a_form_of_another_page(world: World, at: float) -> int:
    """One that it caught, or made up, or that another site posts through its visitors."""
    page = world.open(scanner(world), world.chance.randrange(11), at)
    page.send(
        world.chance.uniform(2, 90),
        trusted=world.chance.choice((None, True)),
        gesture=world.chance.choice((None, "pointermove")),
        bound=False,
    )
    return 1


Scanner = Callable[[World, float], int]
# How often each kind comes, of a hundred.
SCANNERS: dict[Scanner, int] = {
    opens_one_link: 22,
    opens_every_link: 12,
    runs_the_script_of_every_link: 6,
    spreads_over_networks: 6,
    runs_the_script_and_stays: 16,
    says_it_is_driven: 4,
    plays_a_phone: 6,
    clicks_by_script: 5,
    drives_a_pointer: 8,
    sends_the_form_back_at_once: 5,
    keeps_the_form_and_sends_it: 6,
    sends_a_form_of_another_page: 4,
}
