"""One page that was opened, with all that came of it."""

from dataclasses import dataclass

from chalicelib.responses.judge.facts import Act, Arrival, Beacon, Client, Facts, Gesture, Signal

NATURAL_MOVES = 3  # a driven browser makes one motionless move by itself
NATURAL = frozenset({"touch", "wheel", "keydown"})


@dataclass(frozen=True)
class Visit:
    id: str
    opened_at: float
    clients: tuple[Client, ...]
    beacons: tuple[Beacon, ...]
    acts: tuple[Act, ...]

    @property
    def shown(self) -> Beacon | None:
        """The first sign that somebody could see the page: the hello, or what came after
        one that was lost on the way. A reload or a way back has nothing new to say."""
        said = (one for one in self.beacons if one.signal is not Signal.LEAVE)
        return next((one for one in said if one.navigated and one.painted and one.visible), None)

    @property
    def chosen_at(self) -> float:
        """The tap in the mail opened the page, before anything was pressed on it."""
        return min([self.opened_at, *(act.chosen_at for act in self.acts)])

    def first(self, *signals: Signal) -> Beacon | None:
        return next((one for one in self.beacons if one.signal in signals), None)

    def natural(self) -> Beacon | None:
        return next((one for one in self.beacons if is_natural(one.gesture)), None)

    def weak(self) -> Beacon | None:
        return next((one for one in self.beacons if _is_weak(one.gesture)), None)


def until(facts: Facts, end: float) -> Facts:
    return Facts(
        tuple(one for one in facts.arrivals if one.at <= end),
        tuple(one for one in facts.beacons if one.at <= end),
        tuple(one for one in facts.acts if one.at <= end),
        facts.decisions,  # an operator may speak after the link has ended
    )


def visits_of(facts: Facts) -> list[Visit]:
    ids = {one.visit for one in facts.beacons} | {one.visit for one in facts.acts}
    return [_visit(visit, facts) for visit in sorted(ids)]


def _visit(visit: str, facts: Facts) -> Visit:
    arrivals = tuple(one for one in facts.arrivals if one.visit == visit)
    beacons = sorted((one for one in facts.beacons if one.visit == visit), key=lambda one: one.at)
    acts = sorted((one for one in facts.acts if one.visit == visit), key=lambda one: one.at)
    everything: list[Arrival | Beacon | Act] = [*arrivals, *beacons, *acts]
    clients = tuple(dict.fromkeys(one.client for one in everything))
    return Visit(visit, min(one.at for one in everything), clients, tuple(beacons), tuple(acts))


def is_natural(gesture: Gesture | None) -> bool:
    if gesture is None or not gesture.trusted or gesture.count < 1:
        return False
    moved = gesture.type == "pointermove" and gesture.displaced
    return gesture.type in NATURAL or (moved and gesture.count >= NATURAL_MOVES)


def _is_weak(gesture: Gesture | None) -> bool:
    if gesture is None or not gesture.trusted:
        return False
    # Focus that moves into a frame blurs the window too, but the page keeps the focus.
    left = gesture.type == "blur" and not gesture.has_focus
    return gesture.type == "pointerdown" or left
