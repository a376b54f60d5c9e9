"""Makes one verdict of the claims of several visits: which claim replaces which, and when
a claim settles."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

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


class Claim(Struct, frozen=True):
    """One visit's wish to rate, as it stands at `at`; an operator's has no visit. `pressed_at` is
    when the person chose; an operator chose before any of them. `by_hand`: with natural input,
    which a form that a gateway posts has not."""

    at: float
    state: State
    why: Why
    score: int
    client: Client
    pressed_at: float = 0.0
    explicit: bool = False
    by_hand: bool = False
    operation: str | None = None
    settles_at: float | None = None
    visit: str | None = None


class Verdict(Struct, frozen=True):
    """`history` are the scores that ever counted, in order. `settles_at` while settling.
    `overtaken` are the operations of forms that came after one that was pressed later."""

    state: State
    score: int | None = None
    why: Why | None = None
    at: float | None = None
    settles_at: float | None = None
    client: Client | None = None
    operation: str | None = None
    visit: str | None = None
    history: tuple[int, ...] = ()
    changed_elsewhere: bool = False
    overtaken: frozenset[str] = frozenset()

    def counts(self, visit: str, score: int | None) -> bool:
        """That visit's own choice, and not an equal one of another visit."""
        return (self.state, self.visit, self.score) == (State.COUNTED, visit, score)


class _Course(Struct):
    """What the claims have come to, one after the other."""

    standing: Claim | None = None
    held: Claim | None = None
    history: list[int] = field(default_factory=list)
    elsewhere: bool = False
    overtaken: set[str] = field(default_factory=set)

    def take(self, claim: Claim) -> None:
        self.settle(claim.at)
        if claim.state is State.NONE:
            self.held = None  # an operator dismissed it
        elif claim.state is State.HELD or self._is_of_no_hand(claim):
            self.held = _later(self.held, claim)
        elif self.standing is None or _replaces(claim, self.standing):
            self._stand(claim)
        elif claim.operation:
            self.overtaken.add(claim.operation)

    def _is_of_no_hand(self, claim: Claim) -> bool:
        """A gateway was seen to post the form half a minute after the person had answered."""
        before = self.standing
        if claim.by_hand or before is None or before.why is Why.OPERATOR:
            return False
        return not claim.client.is_same(before.client)

    def settle(self, now: float) -> None:
        if self.standing and _is_due(self.standing, now):
            self.standing = _counted(self.standing, self.history)

    def _stand(self, claim: Claim) -> None:
        before = self.standing
        self.elsewhere = before is not None and not claim.client.is_same(before.client)
        counts = claim.state is State.COUNTED
        self.standing = _counted(claim, self.history) if counts else claim


def verdict_of(claims: Sequence[Claim], now: float) -> Verdict:
    course = _Course()
    for claim in claims:
        course.take(claim)
    course.settle(now)
    decisive = course.standing or course.held
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
        visit=decisive.visit,
        history=tuple(course.history),
        changed_elsewhere=course.elsewhere,
        overtaken=frozenset(course.overtaken),
    )


def _replaces(claim: Claim, standing: Claim) -> bool:
    """The last deliberate tap of one client wins, by when it was pressed and not by when it
    came; another client, by hand, must be explicit, but stronger evidence takes the place of
    what has not settled yet."""
    same = claim.client.is_same(standing.client)
    if not same and claim.state is State.COUNTED and standing.state is State.SETTLING:
        return True
    return (claim.explicit or same) and claim.pressed_at >= standing.pressed_at


def _later(held: Claim | None, claim: Claim) -> Claim:
    return held if held and held.pressed_at > claim.pressed_at else claim


def _is_due(claim: Claim, now: float) -> bool:
    settles_at = claim.settles_at
    return claim.state is State.SETTLING and settles_at is not None and settles_at <= now


def _counted(claim: Claim, history: list[int]) -> Claim:
    if not history or history[-1] != claim.score:
        history.append(claim.score)
    return replace(claim, state=State.COUNTED)
