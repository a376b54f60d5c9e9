"""Every recorded delivery: it is signed as its tool signs, and says what it should. A new file in
tests/data/inbound is tried without a change here."""

from datetime import timedelta

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib.errors import Unauthenticated
from chalicelib.helpdesks import registry
from chalicelib.helpdesks.signatures import WINDOW, verify
from chalicelib.helpdesks.source import shape_of
from chalicelib.helpdesks.trigger import Trigger, read_trigger
from chalicelib.web.idempotency import SEEN_FOR
from tests.support.inbound import Sample, resigned, sample, samples, signing

EVERY = pytest.mark.parametrize("told", samples(), ids=lambda told: told.name)
SIGNED = [told for told in samples() if told.signed]
TIMED = [told for told in SIGNED if signing(told).time]
MINUTE = timedelta(minutes=1)
ANOTHER = "whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgLi4uLi4="


def refusal(told: Sample, later: timedelta = timedelta()) -> str | None:
    """Why it is not taken."""
    now = told.at + later
    with time_machine.travel(now, tick=False):
        try:
            verify(told.delivery(), told.desk.signed, ["an older secret", told.secret], now)
        except Unauthenticated as error:
            return error.code
    return None


def trigger_of(told: Sample) -> Trigger:
    place = told.places()[0]
    shape = shape_of(told.desk, place, "")
    assert shape
    return read_trigger(told.source, shape, place.below(shape.root))


@EVERY
def test_its_signature_fits(told: Sample) -> None:
    assert refusal(told) is None


@EVERY
def test_it_says_what_it_should(told: Sample) -> None:
    if told.expected is None:
        return
    trigger = trigger_of(told)
    assert told.expected == {
        "ticket": trigger.ticket.id,
        "subject": trigger.ticket.subject,
        "email": trigger.email,
        "name": trigger.name,
        "locale": trigger.locale,
        "agent": trigger.agent,
        "group": trigger.facts["group"],
        "organization": trigger.facts["organization"],
        "delivery": trigger.delivery,
    }


@EVERY
def test_another_secret_is_refused(told: Sample) -> None:
    assert refusal(replace(told, secret=ANOTHER)) == "signature_invalid"


@EVERY
def test_without_a_signature_it_is_refused(told: Sample) -> None:
    bare = replace(told, headers={"content-type": "application/json"}, query={})
    assert refusal(bare) == "signature_invalid"


@EVERY
def test_half_a_character_in_every_header_is_refused(told: Sample) -> None:
    odd = {name: value[:-1] + "\ud800" for name, value in told.headers.items()}
    assert refusal(replace(told, headers=odd, query={})) == "signature_invalid"


@pytest.mark.parametrize("told", SIGNED, ids=lambda told: told.name)
def test_a_changed_byte_is_refused(told: Sample) -> None:
    assert refusal(replace(told, raw=told.raw[:-1] + b" ")) == "signature_invalid"


@pytest.mark.parametrize("told", TIMED, ids=lambda told: told.name)
def test_a_stale_time_is_refused_and_one_to_come(told: Sample) -> None:
    for late, early in ((signing(told).window, MINUTE), (-WINDOW, -MINUTE)):
        assert refusal(told, late + early) in ("timestamp_stale", "signature_invalid")
        assert refusal(told, late - early) is None


def test_a_window_is_a_day_at_most_which_is_less_than_a_delivery_is_remembered() -> None:
    windows = {told.source: signing(told).window for told in TIMED}
    assert min(windows.values()) == WINDOW
    assert max(windows.values()) <= timedelta(days=1) < SEEN_FOR
    assert windows["glpi"] == timedelta(days=1)


@pytest.mark.parametrize("told", TIMED, ids=lambda told: told.name)
def test_a_missing_time_is_refused(told: Sample) -> None:
    kept = {name: value for name, value in told.headers.items() if name != signing(told).time}
    assert refusal(replace(told, headers=kept)) == "signature_invalid"


@EVERY
def test_what_is_signed_anew_is_taken(told: Sample) -> None:
    assert refusal(resigned(told, raw=told.raw + b" ")) is None


def test_every_source_has_a_sample() -> None:
    assert {told.source for told in samples()} == set(registry.names())


def test_the_generic_trigger_may_be_signed_as_github_does() -> None:
    told = sample("generic_canonical_trigger")
    github = resigned(replace(told, source="github")).headers["x-hub-signature-256"]
    assert refusal(replace(told, headers={"x-hub-signature-256": github})) is None


@EVERY
def test_nobody_is_looked_up_by_the_number_of_a_ticket(told: Sample) -> None:
    if told.expected:
        trigger = trigger_of(told)
        assert trigger.external_id != trigger.ticket.id
