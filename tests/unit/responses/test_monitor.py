from msgspec.structs import replace

from chalicelib.responses.judge.facts import Arrival, Beacon, Client, Facts, Place, Signal
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.monitor import observed
from chalicelib.responses.response import Answer, Response, answered
from tests.support.samples import NOW, invitation

NOTHING = Facts()
PHONE = Client("prefix", "agent")


def response(state: State, why: Why = Why.INPUT) -> Response:
    made = answered(invitation(), None, Answer(9), "op", "2026-11-20", NOW)
    return replace(made, state=state, why=why, posture="scanned")


def told(before: Response | None, after: Response) -> list[str]:
    return [one.name for one in observed(before, after, 90, NOTHING)]


def test_a_state_is_told_when_it_is_reached_and_not_again() -> None:
    held = response(State.HELD, Why.SWEEP)
    (first,) = observed(None, held, 90, NOTHING)
    assert dict(first.dimensions) == {"state": "held", "why": "sweep", "posture": "scanned"}
    assert told(held, replace(held, version=2)) == []


def test_a_held_answer_that_is_confirmed_was_a_false_hold() -> None:
    counted = response(State.COUNTED)
    assert told(response(State.HELD), counted) == [
        "Judged",
        "HeldThenConfirmed",
        "SecondsToCount",
        "CountedScore",
    ]
    assert told(response(State.SETTLING), counted) == ["Judged", "SecondsToCount", "CountedScore"]


def test_the_time_to_count_is_told_once() -> None:
    changed = response(State.COUNTED, Why.EXPLICIT)
    assert told(response(State.COUNTED), changed) == ["Judged"]
    (_, seconds, _) = observed(None, changed, 90, NOTHING)
    assert (seconds.name, seconds.value) == ("SecondsToCount", 90)


def test_a_counted_score_tells_whether_somebody_pressed_for_it() -> None:
    for why, how in ((Why.EXPLICIT, "explicit"), (Why.PHONE, "passive"), (Why.INPUT, "passive")):
        *_, score = observed(None, response(State.COUNTED, why), 90, NOTHING)
        assert (score.name, score.value) == ("CountedScore", 9)
        assert dict(score.dimensions) == {"how": how, "posture": "scanned"}


def test_more_than_one_score_opened_is_told_once() -> None:
    opened = Facts(arrivals=tuple(Arrival(at, PHONE, Place.SCORE, at) for at in (3, 9)))
    held = response(State.HELD)
    names = [one.name for one in observed(None, held, 90, opened)]
    assert names == ["Judged", "SeveralScores"]
    later = [one.name for one in observed(held, response(State.COUNTED), 90, opened)]
    assert "SeveralScores" not in later


def test_a_phone_without_its_engine_that_is_counted_is_told() -> None:
    beacon = Beacon(1.0, PHONE, "v", 9, Signal.HELLO, touch=True, engine_ok=False)
    seen = Facts(beacons=(beacon,))
    counted = [one.name for one in observed(None, response(State.COUNTED), 90, seen)]
    assert counted[-1] == "CountedWithoutEngine"
    assert [one.name for one in observed(None, response(State.HELD), 90, seen)] == ["Judged"]


def test_no_dimension_names_a_person() -> None:
    for one in observed(None, response(State.COUNTED), 1, NOTHING):
        assert {name for name, _ in one.dimensions} <= {"state", "why", "how", "posture"}
