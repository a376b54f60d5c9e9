"""One page that was opened, with its beacons and acts."""

from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.responses.judge.facts import Act, Arrival, Beacon, Client, Facts, Gesture, Signal

NATURAL_MOVES = 4  # a driver's `mouse.move` and `click` make three
NATURAL = frozenset({"touch", "wheel", "keydown"})


class Visit(Struct, frozen=True):
    id: str
    opened_at: float
    clients: tuple[Client, ...]
    beacons: tuple[Beacon, ...]
    acts: tuple[Act, ...]

    @property
    def shown(self) -> Beacon | None:
        """The first sign that somebody could see the page: the hello, or a later beacon when
        the hello was lost. A reload or a step back is no such sign."""
        for beacon in self.beacons:
            seen = beacon.navigated and beacon.painted and beacon.visible
            if seen and beacon.signal is not Signal.LEAVE:
                return beacon
        return None

    @property
    def chosen_at(self) -> float:
        """The tap in the mail opened the page, before anything was pressed on it."""
        return min([self.opened_at, *(act.chosen_at for act in self.acts)])

    def first(self, *signals: Signal) -> Beacon | None:
        return next((beacon for beacon in self.beacons if beacon.signal in signals), None)

    def natural(self) -> Beacon | None:
        return next((beacon for beacon in self.beacons if is_natural(beacon.gesture)), None)

    def weak(self) -> Beacon | None:
        return next((beacon for beacon in self.beacons if _is_weak(beacon.gesture)), None)


def until(facts: Facts, end: float) -> Facts:
    return replace(
        facts,  # with the decisions: an operator may speak after the link has ended
        arrivals=tuple(arrival for arrival in facts.arrivals if arrival.at <= end),
        beacons=tuple(beacon for beacon in facts.beacons if beacon.at <= end),
        acts=tuple(act for act in facts.acts if act.at <= end),
    )


def visits_of(facts: Facts) -> list[Visit]:
    ids = {beacon.visit for beacon in facts.beacons} | {act.visit for act in facts.acts}
    return [_visit(visit_id, facts) for visit_id in sorted(ids)]


def _visit(visit_id: str, facts: Facts) -> Visit:
    arrivals = [arrival for arrival in facts.arrivals if arrival.visit == visit_id]
    beacons = [beacon for beacon in facts.beacons if beacon.visit == visit_id]
    acts = [act for act in facts.acts if act.visit == visit_id]
    beacons.sort(key=attrgetter("at"))
    acts.sort(key=attrgetter("at"))
    seen: list[Arrival | Beacon | Act] = [*arrivals, *beacons, *acts]
    clients = tuple(dict.fromkeys(fact.client for fact in seen))
    opened_at = min(fact.at for fact in seen)
    return Visit(visit_id, opened_at, clients, tuple(beacons), tuple(acts))


def is_natural(gesture: Gesture | None) -> bool:
    if gesture is None or not gesture.trusted or gesture.count < 1:
        return False
    moved = gesture.type == "pointermove" and gesture.displaced
    return gesture.type in NATURAL or (moved and gesture.count >= NATURAL_MOVES)


def _is_weak(gesture: Gesture | None) -> bool:
    if gesture is None or not gesture.trusted:
        return False
    # Focus that moves into a frame blurs the window too, but the page keeps the focus.
    return gesture.type == "blur" and not gesture.has_focus


def is_driven(gesture: Gesture | None) -> bool:
    """A mouse was pressed that no hand had moved: the page tells of a path before a press."""
    return gesture is not None and gesture.type == "pointerdown"
