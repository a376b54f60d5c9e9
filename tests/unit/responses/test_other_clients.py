"""Whose answer takes the place of another client's: only what a hand has sent."""

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
from chalicelib.responses.judge.verdict import State

HOUR = 3600.0
ASKED = Delivery(0, 30 * 86_400, scanned=False)
PERSON, PHONE = Client("home", "desktop"), Client("mobile", "phone")
GATEWAY = Client("gateway", "current chrome")
MOUSE, TOUCH = Gesture("pointermove", 5), Gesture("touch")


def sent(
    client: Client, at: float, score: int, trusted: bool | None, gesture: Gesture | None = None
) -> Facts:
    act = Act(at, client, f"v{at}", score, at - 9, f"op{at}", True, trusted, gesture, at)
    return Facts((Arrival(at - 9, client, Place.SCORE, score, f"v{at}"),), (), (act,))


def tapped(client: Client, at: float, score: int, gesture: Gesture | None = None) -> Facts:
    arrival = Arrival(at, client, Place.SCORE, score, "tapped")
    hello = Beacon(at + 1, client, "tapped", score, Signal.HELLO, touch=True)
    told = Beacon(at + 2, client, "tapped", score, Signal.DWELL, touch=True)
    if gesture:
        told = Beacon(at + 2, client, "tapped", score, Signal.GESTURE, gesture=gesture)
    return Facts((arrival,), (hello, told))


def stands(*facts: Facts, trial: bool = False) -> tuple[State, int | None]:
    seen = Facts(
        tuple(arrival for one in facts for arrival in one.arrivals),
        tuple(beacon for one in facts for beacon in one.beacons),
        tuple(act for one in facts for act in one.acts),
    )
    verdict = judge(seen, Delivery(0, 30 * 86_400, False, trial), seen.last_at + 700)
    return verdict.state, verdict.score


PEOPLE = {
    "a hand": sent(PERSON, HOUR, 9, True, MOUSE),
    "without script": sent(PERSON, HOUR, 9, None),
    "a mouse that moved": tapped(PERSON, HOUR, 9, MOUSE),
    "a phone that settles": tapped(PHONE, HOUR, 9),
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("trusted", [None, True])
@pytest.mark.parametrize("later", [34.0, 90.0, 9_000.0])
def test_a_gateway_s_late_form_replaces_no_answer(
    person: str, trusted: bool | None, later: float
) -> None:
    late = sent(GATEWAY, HOUR + later, 1, trusted)
    assert stands(PEOPLE[person], late) == (State.COUNTED, 9)


@pytest.mark.parametrize("network", list(Network))
def test_whatever_its_network_is(network: Network) -> None:
    late = sent(Client("gateway", "current chrome", network), HOUR + 34, 1, None)
    assert stands(PEOPLE["without script"], late) == (State.COUNTED, 9)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_hand_on_another_device_does(person: str) -> None:
    tablet = Client("home", "tablet")
    changed = sent(tablet, HOUR + 90, 4, True, TOUCH)
    assert stands(PEOPLE[person], changed) == (State.COUNTED, 4)


def test_the_same_client_changes_it_without_script() -> None:
    again = sent(PERSON, HOUR + 90, 4, None)
    assert stands(PEOPLE["without script"], again) == (State.COUNTED, 4)


def test_a_trial_takes_every_form() -> None:
    assert stands(PEOPLE["a hand"], sent(GATEWAY, HOUR + 34, 1, None), trial=True)[1] == 1
