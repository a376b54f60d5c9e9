"""What an answer costs in calls of the table and in write units: of an invitation of at most
1 KB, without segments, whose mail posture is known. The units do not depend on the machine.

A segment adds 4 units where an answer is counted (its day and its month) and 4 where a
comment or another score changes it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib.aws import clients
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.capacity import WRITES, Meter
from tests.support.samples import SURVEY
from tests.support.tapping import MOUSE, PHONE, Mail

PRESSED = {"trusted": "1", "comment": "Quick, thank you."}
Cost = tuple[int, float]


@pytest.fixture
def mail(heed: Heed) -> Iterator[Mail]:
    with time_machine.travel(datetime(2026, 11, 20, 13, 0, tzinfo=UTC), tick=False) as clock:
        made = Mail(heed, clock)
        made.ask_another()
        made.open(9)  # the survey is read, and the keys
        made.ask_another()
        yield made


def cost(*actions: Callable[[], Any]) -> Cost:
    """Calls, and write units."""
    with Meter(clients.client("dynamodb")).running() as meter:
        for action in actions:
            action()
    return len(meter.calls), meter.units(*WRITES)


def test_an_opened_link_costs_one_call_and_one_unit(mail: Mail) -> None:
    assert cost(lambda: mail.open(9)) == (1, 1)


def test_a_tap_on_a_phone_with_two_beacons_and_words(mail: Mail) -> None:
    def tap() -> None:
        nonce = mail.open(9, PHONE)
        for signal in ("hello", "dwell"):
            mail.clock.shift(timedelta(seconds=2))
            mail.beacon(nonce, signal, PHONE, touch=True)
        mail.send(nonce, 9, PHONE, **PRESSED)

    assert cost(tap) == (8, 31)
    assert mail.response["comment"] == PRESSED["comment"]


def test_a_tap_with_a_mouse_two_beacons_and_words(mail: Mail) -> None:
    """A unit of it is the place in the index by which a tick would find the page; the tick
    takes it away for two."""

    def tap() -> None:
        nonce = mail.open(9)
        mail.beacon(nonce, "hello")
        mail.clock.shift(timedelta(seconds=2))
        mail.beacon(nonce, "gesture", gesture=MOUSE)
        mail.send(nonce, 9, **PRESSED)

    assert cost(tap) == (8, 29)
    assert mail.response["why"] == "explicit"
    assert cost(lambda: mail.tick(61))[1] == 2


def test_a_form_alone(mail: Mail) -> None:
    nonce = mail.open(9)
    mail.clock.shift(timedelta(seconds=9))
    assert cost(lambda: mail.send(nonce, 9, **PRESSED)) == (2, 14)


def test_a_form_where_only_send_counts(mail: Mail) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, counts="send"))
    surveys_wiring.catalogue.cache_clear()
    nonce = mail.open(9)
    mail.clock.shift(timedelta(seconds=9))
    assert cost(lambda: mail.send(nonce, 9, **PRESSED)) == (2, 14)


def test_a_beacon_that_changes_no_verdict_writes_its_entry_and_nothing_else(mail: Mail) -> None:
    nonce = mail.open(9)
    mail.beacon(nonce, "hello")
    mail.beacon(nonce, "gesture", gesture=MOUSE)
    before = mail.response
    for signal in ("dwell", "leave"):
        assert cost(lambda signal=signal: mail.beacon(nonce, signal)) == (2, 1)  # type: ignore[misc]
    assert mail.response == before


def test_each_segment_costs_four_units_more(mail: Mail) -> None:
    mail.ask_another(("group=Network", "organization=B"))
    nonce = mail.open(9)
    mail.clock.shift(timedelta(seconds=9))
    assert cost(lambda: mail.send(nonce, 9, **PRESSED)) == (2, 14 + 2 * 4)


def test_a_phone_settles_once_though_it_reported_more_later(mail: Mail) -> None:
    nonce = mail.open(9, PHONE)
    for signal in ("hello", "dwell", "leave"):
        mail.clock.shift(timedelta(seconds=2))
        mail.beacon(nonce, signal, PHONE, touch=True)
    assert mail.response["version"] == 1
    mail.tick(600)
    assert (mail.response["version"], mail.response["state"]) == (2, "counted")
