"""Was it a person? A pure function from what was seen to a verdict.

Layers and decision table: docs/decisions/0007. In short: a GET never rates. A page that
ran reports what it saw. Natural input counts. A phone that was looked at counts after ten
minutes. Everything else is held: kept, shown to the operator, and in no score until one tap
confirms it. A later deliberate tap of the same client replaces the earlier one. That of
another client must be an explicit act.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.networks import Network
from chalicelib.responses.judge.facts import Act, Client, Decision, Facts, Signal
from chalicelib.responses.judge.sweep import Taint, is_flooded, is_trapped, taints
from chalicelib.responses.judge.verdict import Claim, State, Verdict, Why, verdict_of
from chalicelib.responses.judge.visit import Visit, is_driven, is_natural, until, visits_of

SETTLE_S = 600.0  # time for the rest of a scan to show itself
EARLY_S = 60.0  # most scans come within a minute of delivery
EARLY_SCANNED_S = 300.0  # detonation behind a known gateway takes minutes
OPERATOR = Client("operator", "operator")
SHORTEST_FORM_S = 1.5  # a scanner returns the form in 0.15 s, a person reads first


class Risk(IntEnum):
    LOW = 0
    MEDIUM = 1
    HIGH = 2
    ROBOT = 3


class Delivery(Struct, frozen=True):
    """Times in seconds, all of one clock. `scanned`: the mailbox is behind a known gateway.
    `trial`: a script's form counts like a person's."""

    delivered_at: float
    expires_at: float
    scanned: bool
    trial: bool = False


def judge(facts: Facts, delivery: Delivery, now: float) -> Verdict:
    """The verdict at `now`, from what was seen until then while the link was open."""
    seen = until(facts, min(now, delivery.expires_at))
    tainted = _tainted(seen)
    claims = [
        claim for visit in visits_of(seen) for claim in _claims(visit, seen, delivery, tainted)
    ]
    claims += [_decided(decision) for decision in seen.decisions]
    return verdict_of(sorted(claims, key=lambda claim: claim.at), now)


def _claims(
    visit: Visit, facts: Facts, delivery: Delivery, tainted: Sequence[Taint]
) -> Iterable[Claim]:
    risk, why = _risk(visit, facts, delivery, tainted)
    untrusted = any(act.trusted is False for act in visit.acts)
    passive = _passive(visit, risk, why)
    if passive:
        # A script pressed the button, so its other signs prove nothing.
        yield replace(passive, state=State.HELD, why=Why.UNTRUSTED) if untrusted else passive
    for act in visit.acts:
        yield _explicit(act, visit, risk, why, delivery.trial)


def _passive(visit: Visit, risk: Risk, why: Why) -> Claim | None:
    """The claim of a visit without a form."""
    shown = visit.shown
    if shown is None or shown.score is None:
        return None

    natural, weak = visit.natural(), visit.weak()

    def claim(at: float, state: State, why: Why) -> Claim:
        settles = at + SETTLE_S if state is State.SETTLING else None
        return Claim(
            at,
            state,
            why,
            shown.score or 0,
            shown.client,
            pressed_at=visit.chosen_at,
            by_hand=natural is not None,
            settles_at=settles,
            visit=visit.id,
        )

    if risk is Risk.ROBOT:
        return claim(shown.at, State.HELD, why)
    if natural:
        return claim(natural.at, State.SETTLING if risk is Risk.HIGH else State.COUNTED, Why.INPUT)
    if weak and risk is not Risk.HIGH:
        return claim(weak.at, State.COUNTED, Why.INPUT)
    if not (shown.touch and shown.engine_ok):
        return claim(shown.at, State.HELD, Why.NO_INPUT if risk is not Risk.HIGH else why)
    stayed = visit.first(Signal.DWELL, Signal.LEAVE)
    if risk is Risk.HIGH or (risk is Risk.MEDIUM and not stayed):
        return claim(shown.at, State.HELD, why)
    return claim(stayed.at if stayed else shown.at, State.SETTLING, Why.PHONE)


def _explicit(act: Act, visit: Visit, risk: Risk, why: Why, trial: bool) -> Claim:
    by_hand = act.trusted is True and (is_natural(act.gesture) or visit.natural() is not None)
    held = None if trial else _why_held(act, visit, risk, why, by_hand)
    return Claim(
        at=act.at,
        state=State.HELD if held else State.COUNTED,
        why=held or Why.EXPLICIT,
        score=act.score,
        client=act.client,
        pressed_at=act.chosen_at,
        explicit=True,
        by_hand=by_hand or trial,
        operation=act.operation,
        visit=visit.id,
    )


def _why_held(act: Act, visit: Visit, risk: Risk, why: Why, by_hand: bool) -> Why | None:
    """None: the act counts."""
    if not act.bound:
        return Why.FOREIGN_FORM
    if risk is Risk.ROBOT:
        return why
    if act.trusted is False:
        return Why.UNTRUSTED
    if by_hand:
        return None
    if is_driven(act.gesture):
        return Why.UNTRUSTED
    if act.at - act.opened_at < SHORTEST_FORM_S:
        return Why.TOO_FAST
    in_cloud = any(client.network is Network.CLOUD for client in (*visit.clients, act.client))
    return Why.NETWORK if risk is Risk.HIGH or in_cloud else None


def _risk(
    visit: Visit, facts: Facts, delivery: Delivery, tainted: Sequence[Taint]
) -> tuple[Risk, Why]:
    """The worst risk among the visit's clients: a page may change its network."""
    if delivery.trial:
        return Risk.LOW, Why.NO_INPUT
    clients = visit.clients
    if any(client.robot for client in clients) or any(beacon.webdriver for beacon in visit.beacons):
        return Risk.ROBOT, Why.ROBOT
    swept = any(taint.covers(client, visit.opened_at) for taint in tainted for client in clients)
    if swept or any(is_trapped(facts, client, visit.opened_at) for client in clients):
        return Risk.ROBOT, Why.SWEEP
    if is_flooded(facts, visit.opened_at):
        return Risk.HIGH, Why.SWEEP
    if any(client.network is Network.SCANNER for client in clients):
        return Risk.HIGH, Why.NETWORK
    age = visit.opened_at - delivery.delivered_at
    if age < (EARLY_SCANNED_S if delivery.scanned else EARLY_S):
        return Risk.MEDIUM, Why.EARLY
    if any(client.network is Network.CLOUD for client in clients):
        return Risk.MEDIUM, Why.NETWORK
    return Risk.LOW, Why.NO_INPUT


def _decided(decision: Decision) -> Claim:
    """An operator's word weighs as much as a person's Send, until a person sends one."""
    state = State.COUNTED if decision.accepted else State.NONE
    return Claim(
        decision.at, state, Why.OPERATOR, decision.score, OPERATOR, explicit=True, by_hand=True
    )


def _tainted(facts: Facts) -> list[Taint]:
    gestured = frozenset(beacon.visit for beacon in facts.beacons if is_natural(beacon.gesture))
    return taints(facts, gestured)
