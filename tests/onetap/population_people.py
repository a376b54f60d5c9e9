"""People, as they answer: what they hold in their hands, and what may go wrong on the way.

The shares are a guess: nobody has published them. The one that matters is how many desktop
people close the window without touching anything (`closed at once`): those are held."""

from collections.abc import Callable
from random import Random

from chalicelib.responses.judge.facts import Client, Signal
from tests.onetap.population_world import World

HELLO, DWELL, LEAVE = Signal.HELLO, Signal.DWELL, Signal.LEAVE
DESKTOPS = ("windows", "mac", "firefox")
PHONES = ("iphone", "android")


def home(chance: Random) -> str:
    """No known network: a household, an office or a mobile one."""
    return f"{chance.choice((81, 84, 88, 92, 109, 178))}.{chance.randrange(2, 250)}.7.9"


def proxy(chance: Random) -> str:
    """A company's way out through a cloud."""
    return f"165.225.{chance.randrange(250)}.{chance.randrange(1, 250)}"


def device(world: World, kinds: tuple[str, ...], address: str | None = None) -> Client:
    chance = world.chance
    return world.client(address or home(chance), chance.choice(kinds))


def moves_the_mouse(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    page = world.open(client, score, at).reports(HELLO)
    page.moves("pointermove", after=world.chance.uniform(0.6, 8)).reports(DWELL, after=2.4)
    world.says(score, at, pressed=False)


def turns_the_wheel_in_a_cloud(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, DESKTOPS, proxy(world.chance))
    kind = world.chance.choice(("wheel", "pointermove", "keydown"))
    world.open(client, score, at).reports(HELLO, DWELL).moves(kind, after=3)
    world.says(score, at, pressed=False)


def writes_and_sends(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    page = world.open(client, score, at).reports(HELLO, DWELL).moves("pointermove", after=1.2)
    page.send(world.chance.uniform(3, 240), gesture=world.chance.choice(("keydown", "pointermove")))
    world.says(score, at, pressed=True)


def sends_at_once(world: World, at: float) -> None:
    """The page stands under the mouse, and the hand is quick."""
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    page = world.open(client, score, at).reports(HELLO)
    page.send(world.chance.uniform(0.7, 1.5), gesture="pointermove")
    world.says(score, at, pressed=True)


def speaks_to_the_computer(world: World, at: float) -> None:
    """Voice and switches press the button without a pointer's path."""
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    world.open(client, score, at).reports(HELLO, DWELL).send(world.chance.uniform(6, 60))
    world.says(score, at, pressed=True)


def has_no_script(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, (*DESKTOPS, *PHONES))
    world.open(client, score, at).send(world.chance.uniform(2.5, 60), trusted=None)
    world.says(score, at, pressed=True)


def gets_the_script_late(world: World, at: float) -> None:
    """On a slow network: the form is sent before any script has come."""
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    page = world.open(client, score, at, slow=world.chance.uniform(1, 9))
    page.send(world.chance.uniform(2, 5), trusted=None)
    page.reports(HELLO, after=6)
    world.says(score, at, pressed=True)


def reports_over_a_slow_network(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    page = world.open(client, score, at, slow=world.chance.uniform(1, 20)).reports(HELLO, DWELL)
    page.moves("wheel", after=2)
    world.says(score, at, pressed=False)


def taps_on_a_phone_and_goes(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, PHONES)
    page = world.open(client, score, at, touch=True).reports(HELLO)
    page.report(LEAVE, at + world.chance.uniform(1.2, 6))
    world.says(score, at, pressed=False)


def touches_a_phone(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, (*PHONES, "tablet"))
    page = world.open(client, score, at, touch=True).reports(HELLO, DWELL)
    page.moves("touch", after=world.chance.uniform(0.8, 20))
    if world.chance.random() < 0.5:
        # It leaves the house between the page and the words.
        elsewhere = device(world, ("iphone",)) if world.chance.random() < 0.2 else None
        page.send(world.chance.uniform(5, 200), gesture="touch", client=elsewhere)
        world.says(score, at, pressed=True)
    else:
        world.says(score, at, pressed=False)


def has_second_thoughts(world: World, at: float) -> None:
    first, second = world.chance.sample(range(11), 2)
    client = device(world, DESKTOPS)
    page = world.open(client, first, at).reports(HELLO).moves("pointermove", after=1.1)
    page.send(world.chance.uniform(4, 30), score=second, gesture="pointermove")
    world.says(first, at, pressed=False)
    world.says(second, at, pressed=True)


def changes_it_on_another_device(world: World, at: float) -> None:
    first, second = world.chance.sample(range(11), 2)
    taps = world.open(device(world, PHONES), first, at, touch=True).reports(HELLO, DWELL)
    taps.moves("touch", after=3)
    later = at + world.chance.uniform(120, 80_000)
    page = world.open(device(world, DESKTOPS), second, later).reports(HELLO)
    page.moves("pointermove", after=1.5).send(9, gesture="pointermove")
    world.says(first, at, pressed=False)
    world.says(second, later, pressed=True)


def forwards_the_mail(world: World, at: float) -> None:
    """The owner looks at nothing, or has answered: then the colleague only looks."""
    score, other = world.chance.sample(range(11), 2)
    colleague = device(world, DESKTOPS)
    if world.chance.random() < 0.5:
        page = world.open(colleague, score, at).reports(HELLO, DWELL)
        page.moves("wheel", after=2).send(20, gesture="keydown")
        world.says(score, at, pressed=True)
        return
    owner = world.open(device(world, DESKTOPS), score, at).reports(HELLO)
    owner.moves("pointermove", after=1)
    looks = at + world.chance.uniform(600, 9_000)
    world.open(colleague, other, looks).reports(HELLO).moves("pointermove", after=2)
    world.says(score, at, pressed=False)


def closes_the_window_at_once(world: World, at: float) -> None:
    score, client = world.chance.randrange(11), device(world, DESKTOPS)
    world.open(client, score, at).reports(HELLO, LEAVE, gap=0.8)
    world.says(score, at, pressed=False)


Person = Callable[[World, float], None]
# Of a thousand people who answer.
PEOPLE: dict[Person, int] = {
    moves_the_mouse: 250,
    turns_the_wheel_in_a_cloud: 60,
    writes_and_sends: 130,
    sends_at_once: 20,
    speaks_to_the_computer: 6,
    has_no_script: 12,
    gets_the_script_late: 12,
    reports_over_a_slow_network: 40,
    taps_on_a_phone_and_goes: 200,
    touches_a_phone: 170,
    has_second_thoughts: 45,
    changes_it_on_another_device: 20,
    forwards_the_mail: 20,
    closes_the_window_at_once: 15,
}
