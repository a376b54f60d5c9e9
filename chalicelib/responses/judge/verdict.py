"""Makes one verdict of the claims of several visits: which claim replaces which, and when
a claim settles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chalicelib.responses.judge.facts import Client


class State(StrEnum):
    NONE = "none"
    SETTLING = "settling"
    HELD = "held"
    COUNTED = "counted"
    DISMISSED = "dismissed"  # held, and an operator said no


class Why(StrEnum):
    """The reason of a verdict: a dimension of the shadow numbers, so it names no person."""

    EXPLICIT = "explicit"
    INPUT = "input"
    PHONE = "phone"
    ROBOT = "robot"
    SWEEP = "sweep"
    NETWORK = "network"
    EARLY = "early"
    NO_INPUT = "no_input"
    UNTRUSTED = "untrusted"
    OPERATOR = "operator"
    FOREIGN_FORM = "foreign_form"
    TOO_FAST = "too_fast"


@dataclass(frozen=True)
class Claim:
    """One visit's claim to rate, made at `at`."""

    at: float
    state: State
    why: Why
    score: int
    client: Client
    explicit: bool = False
    operation: str | None = None
    settles_at: float | None = None


@dataclass(frozen=True)
class Verdict:
    """`history` are the scores that ever counted, in order. `settles_at`: None unless
    it is settling."""

    state: State
    score: int | None = None
    why: Why | None = None
    at: float | None = None
    settles_at: float | None = None
    client: Client | None = None
    operation: str | None = None
    history: tuple[int, ...] = ()
    changed_elsewhere: bool = False


def verdict_of(claims: Sequence[Claim], now: float) -> Verdict:
    standing: Claim | None = None
    history: list[int] = []
    elsewhere = False
    held: Claim | None = None
    for claim in claims:
        if standing and _is_due(standing, claim.at):
            standing = _counted(standing, history)
        if claim.state is State.NONE:
            held = None  # an operator dismissed it
        elif claim.state is State.HELD:
            held = claim
        elif standing is None or _replaces(claim, standing):
            elsewhere = standing is not None and not claim.client.is_same(standing.client)
            standing = _counted(claim, history) if claim.state is State.COUNTED else claim
    if standing and _is_due(standing, now):
        standing = _counted(standing, history)
    decisive = standing or held
    if decisive is None:
        return Verdict(State.NONE)
    return Verdict(
        state=decisive.state,
        score=decisive.score,
        why=decisive.why,
        at=decisive.at,
        settles_at=decisive.settles_at if decisive.state is State.SETTLING else None,
        client=decisive.client,
        operation=decisive.operation,
        history=tuple(history),
        changed_elsewhere=elsewhere,
    )


def _replaces(claim: Claim, standing: Claim) -> bool:
    if claim.explicit or claim.client.is_same(standing.client):
        return True
    # Another client needs stronger evidence than a claim that has not settled yet.
    return claim.state is State.COUNTED and standing.state is State.SETTLING


def _is_due(claim: Claim, now: float) -> bool:
    settles_at = claim.settles_at
    return claim.state is State.SETTLING and settles_at is not None and settles_at <= now


def _counted(claim: Claim, history: list[int]) -> Claim:
    if not history or history[-1] != claim.score:
        history.append(claim.score)
    return replace(claim, state=State.COUNTED)
