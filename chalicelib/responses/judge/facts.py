"""What is known of the visits to one invitation: who came, what the page saw, what was
pressed. responses/judge/judge.py makes a verdict of it."""

from enum import StrEnum

from msgspec import Struct

from chalicelib.networks import Network


class Place(StrEnum):
    """Which link of the mail was opened."""

    SCORE = "score"
    UNSUBSCRIBE = "unsubscribe"
    HOME = "home"
    PROMISE = "promise"


class Client(Struct, frozen=True):
    """`prefix` and `agent` are hashes. `marker` comes from our cookie, set with an answer."""

    prefix: str
    agent: str
    network: Network = Network.OTHER
    robot: bool = False
    marker: str | None = None

    def is_same(self, other: "Client") -> bool:
        if self.marker and self.marker == other.marker:
            return True
        return (self.prefix, self.agent) == (other.prefix, other.agent)


class Arrival(Struct, frozen=True):
    """A GET or HEAD. `visit` is None when no page was made that could report."""

    at: float
    client: Client
    place: Place
    score: int | None = None
    visit: str | None = None
    speculative: bool = False


class Signal(StrEnum):
    HELLO = "hello"
    DWELL = "dwell"
    GESTURE = "gesture"
    LEAVE = "leave"


class Gesture(Struct, frozen=True):
    """`displaced` counts real moves only: Chromium makes a motionless one by itself."""

    type: str
    count: int = 1
    trusted: bool = True
    displaced: bool = True
    has_focus: bool = True


class Beacon(Struct, frozen=True):
    """What the page's script reports. It may lie, but only about its own visit."""

    at: float
    client: Client
    visit: str
    score: int | None
    signal: Signal
    navigated: bool = True
    painted: bool = True
    visible: bool = True
    webdriver: bool = False
    touch: bool = False
    engine_ok: bool = True
    gesture: Gesture | None = None


class Act(Struct, frozen=True):
    """A form that was sent. `trusted` is the click's isTrusted, None without script.
    `bound` is whether the form belongs to this invitation and this browser. `pressed_at` is
    when the button was pressed, as far as the page tells; None: nobody knows."""

    at: float
    client: Client
    visit: str
    score: int
    opened_at: float
    operation: str
    bound: bool = True
    trusted: bool | None = None
    gesture: Gesture | None = None
    pressed_at: float | None = None

    @property
    def chosen_at(self) -> float:
        return self.at if self.pressed_at is None else self.pressed_at


class Decision(Struct, frozen=True):
    """An operator's decision on a held response: `accepted` counts `score`, else it is
    dismissed."""

    at: float
    accepted: bool
    score: int


Fact = Arrival | Beacon | Act | Decision


class Facts(Struct, frozen=True):
    """`full_at` is when the first fact found no place any more. `waits_until`: that
    nobody touched the page is not told to anybody before."""

    arrivals: tuple[Arrival, ...] = ()
    beacons: tuple[Beacon, ...] = ()
    acts: tuple[Act, ...] = ()
    decisions: tuple[Decision, ...] = ()
    full_at: float | None = None
    waits_until: float = 0.0

    @property
    def known(self) -> int:
        """How many there are. It only rises."""
        kinds = (self.arrivals, self.beacons, self.acts, self.decisions)
        return sum(map(len, kinds)) + (self.full_at is not None)

    @property
    def last_at(self) -> float:
        """In seconds since 1970. It may be ahead of the reader's clock."""
        seen: tuple[tuple[Fact, ...], ...] = (self.arrivals, self.beacons, self.acts)
        return max((fact.at for facts in seen for fact in facts), default=0.0)
