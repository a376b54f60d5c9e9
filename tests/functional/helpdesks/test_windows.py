"""For how long a delivery that was signed is taken, by source."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.signatures import WINDOW, Hmac
from chalicelib.web.idempotency import SEEN_FOR
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of
from tests.support.directory import PEOPLE
from tests.support.inbound import Sample, found, resigned, sample, samples

pytestmark = pytest.mark.usefixtures("_desks")

LONG = {"glpi": timedelta(days=1)}
MINUTE = timedelta(minutes=1)


def windows(source: str) -> list[timedelta]:
    return [each.window for each in found(source).signed if isinstance(each, Hmac) and each.time]


TIMED = {told.source: told for told in samples() if told.signed and windows(told.source)}


def arriving(told: Sample, later: timedelta) -> Sample:
    """Signed when the sample was, and delivered later."""
    return replace(resigned(told), at=told.at + later)


def test_a_window_is_five_minutes_unless_a_source_says_so_and_a_day_at_most() -> None:
    told = {name: set(windows(name)) for name in registry.names() if windows(name)}
    assert told == {name: {LONG.get(name, WINDOW)} for name in told}
    assert max(LONG.values()) <= timedelta(days=1) < SEEN_FOR


@pytest.mark.parametrize("told", TIMED.values(), ids=lambda told: told.source)
def test_what_is_older_or_of_a_time_to_come_is_refused(heed: Heed, told: Sample) -> None:
    window = LONG.get(told.source, WINDOW)
    for later in (window + MINUTE, -WINDOW - MINUTE):
        assert deliver(heed, arriving(told, later)).status_code == 401
    assert log_of(told) == []
    for later in (window - MINUTE, -WINDOW + MINUTE):
        assert deliver(heed, arriving(told, later)).status_code == 202


def test_glpi_s_queue_is_taken_hours_later_and_once(heed: Heed) -> None:
    told = sample("glpi_ticket_update")
    named = {"email": "ana@example.com", "external_ids": ["glpi:ingrid.solheim"]}
    assert heed.call("POST", PEOPLE, named).status_code == 201
    for hours in (9, 10, 23):
        assert deliver(heed, arriving(told, timedelta(hours=hours))).status_code == 202
    assert len(heed.items("INVITE")) == 1
    assert sorted(line.reason for line in log_of(told)) == ["", "solved_before", "taken_before"]
