"""A press of a mouse that no hand has moved proves no more than a driver."""

import pytest

from chalicelib.networks import Network
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Facts,
    Gesture,
    Place,
    Signal,
)
from chalicelib.responses.judge.judge import Delivery, judge
from chalicelib.responses.judge.verdict import State, Why

ASKED = Delivery(0, 30 * 86_400, scanned=False)
PRESS, MOUSE, KEY = Gesture("pointerdown"), Gesture("pointermove", 5), Gesture("keydown")


def page(network: Network, at: float, gesture: Gesture, form: bool) -> Facts:
    client = Client("somewhere", "current chrome", network)
    hello = Beacon(at + 1, client, "v", 9, Signal.HELLO)
    told = Beacon(at + 2, client, "v", 9, Signal.GESTURE, gesture=gesture)
    act = Act(at + 4, client, "v", 9, at, "op", True, True, gesture)
    acts = (act,) if form else ()
    return Facts((Arrival(at, client, Place.SCORE, 9, "v"),), (hello, told), acts)


@pytest.mark.parametrize("network", list(Network))
@pytest.mark.parametrize("at", [20.0, 200.0, 7_200.0])
@pytest.mark.parametrize("form", [True, False])
def test_a_driven_click_is_held_wherever_and_whenever(
    network: Network, at: float, form: bool
) -> None:
    assert judge(page(network, at, PRESS, form), ASKED, at + 900).state is State.HELD


@pytest.mark.parametrize("gesture", [MOUSE, KEY])
@pytest.mark.parametrize("at", [20.0, 7_200.0])
def test_a_hand_on_the_mouse_or_a_key_counts(gesture: Gesture, at: float) -> None:
    assert judge(page(Network.CLOUD, at, gesture, True), ASKED, at + 9).state is State.COUNTED


def test_a_press_without_any_pointer_counts_as_voices_and_switches_send_it() -> None:
    client = Client("home", "desktop")
    act = Act(7_220, client, "v", 4, 7_200, "op", True, True, None)
    seen = Facts((Arrival(7_200, client, Place.SCORE, 4, "v"),), (), (act,))
    verdict = judge(seen, ASKED, 7_230)
    assert (verdict.state, verdict.why) == (State.COUNTED, Why.EXPLICIT)
