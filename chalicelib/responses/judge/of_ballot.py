"""The judge's word on the forms of a sealed ballot. No page of it reports to the server before its
form is sent, and nothing is known of when its mail came: the rules on beacons and on the age of a
link have nothing to go by, and the others are the same."""

from collections.abc import Sequence

from chalicelib.ballots.ballot import Seen
from chalicelib.ballots.cast import Ruling
from chalicelib.networks import Network
from chalicelib.responses.judge.facts import Act, Client, Facts, Gesture
from chalicelib.responses.judge.judge import Delivery, judge
from chalicelib.responses.judge.verdict import State

APART_S = 60 * 60.0
LONG_AGO = Delivery(delivered_at=-1e9, expires_at=1e9, scanned=False)
LONG_OPEN_S = 60.0  # a page without script does not tell for how long


def rule(forms: Sequence[Seen], trial: bool) -> Ruling:
    """In the order in which they came."""
    acts = tuple(_act(place, seen) for place, seen in enumerate(forms))
    delivery = Delivery(LONG_AGO.delivered_at, LONG_AGO.expires_at, LONG_AGO.scanned, trial)
    verdict = judge(Facts(acts=acts), delivery, len(forms) * APART_S)
    counts = verdict.state is State.COUNTED
    return Ruling(int(verdict.operation or 0), None if counts else verdict.why)


def _act(place: int, seen: Seen) -> Act:
    at = place * APART_S
    opened_s = LONG_OPEN_S if seen.elapsed_ms is None else seen.elapsed_ms / 1000
    return Act(
        at=at,
        client=Client(seen.client, "", Network(seen.network), seen.robot),
        visit=str(place),
        score=0,
        opened_at=at - opened_s,
        operation=str(place),
        bound=seen.bound,
        trusted=seen.trusted,
        gesture=Gesture(**seen.gesture) if seen.gesture else None,  # type: ignore[arg-type]
    )
