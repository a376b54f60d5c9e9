"""The judge's CloudWatch metrics: states and reasons by mail posture, never an address.
docs/judge.md says how to read them."""

from collections.abc import Iterable

from msgspec import Struct

from chalicelib.responses.judge.facts import Facts, Place
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.response import Response


class Observation(Struct, frozen=True):
    name: str
    value: float
    dimensions: tuple[tuple[str, str], ...]


def observed(
    before: Response | None, after: Response, seconds_since_sent: float, facts: Facts
) -> Iterable[Observation]:
    """Gives nothing while state and reason stay the same."""
    if before and (before.state, before.why) == (after.state, after.why):
        return
    posture = ("posture", after.posture or "unknown")
    yield Observation("Judged", 1, (("state", after.state.value), ("why", str(after.why)), posture))
    if before is None and len(_scores_opened(facts)) > 1:
        yield Observation("SeveralScores", 1, (posture,))
    if after.state is not State.COUNTED:
        return
    if before and before.state is State.HELD:
        yield Observation("HeldThenConfirmed", 1, (posture,))
    if before is None or before.state is not State.COUNTED:
        yield Observation("SecondsToCount", seconds_since_sent, (posture,))
        how = "explicit" if after.why in (Why.EXPLICIT, Why.OPERATOR) else "passive"
        yield Observation("CountedScore", after.score or 0, (("how", how), posture))
        if any(not beacon.engine_ok for beacon in facts.beacons):
            yield Observation("CountedWithoutEngine", 1, (posture,))


def _scores_opened(facts: Facts) -> set[int | None]:
    return {arrival.score for arrival in facts.arrivals if arrival.place is Place.SCORE}
