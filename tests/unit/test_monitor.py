from dataclasses import replace

from chalicelib.respond.monitor import observed
from chalicelib.respond.response import Answer, Response, answered
from chalicelib.respond.verdict import State, Why
from tests.samples import NOW, invitation


def response(state: State, why: Why = Why.INPUT) -> Response:
    made = answered(invitation(), None, Answer(9), "op", "2026-11-20", NOW)
    return replace(made, state=state, why=why, posture="scanned")


def told(before: Response | None, after: Response) -> list[str]:
    return [one.name for one in observed(before, after, 90)]


def test_a_state_is_told_when_it_is_reached_and_not_again() -> None:
    held = response(State.HELD, Why.SWEEP)
    (first,) = observed(None, held, 90)
    assert dict(first.dimensions) == {"state": "held", "why": "sweep", "posture": "scanned"}
    assert told(held, replace(held, version=2)) == []


def test_a_held_answer_that_is_confirmed_was_a_false_hold() -> None:
    counted = response(State.COUNTED)
    assert told(response(State.HELD), counted) == ["Judged", "HeldThenConfirmed", "SecondsToCount"]
    assert told(response(State.SETTLING), counted) == ["Judged", "SecondsToCount"]


def test_the_time_to_count_is_told_once() -> None:
    changed = response(State.COUNTED, Why.EXPLICIT)
    assert told(response(State.COUNTED), changed) == ["Judged"]
    (_, seconds) = observed(None, changed, 90)
    assert (seconds.name, seconds.value) == ("SecondsToCount", 90)


def test_no_dimension_names_a_person() -> None:
    for one in observed(None, response(State.COUNTED), 1):
        assert {name for name, _ in one.dimensions} <= {"state", "why", "posture"}
