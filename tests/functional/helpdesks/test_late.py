"""What GLPI signed when it queued is taken hours later, and once."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of
from tests.support.directory import PEOPLE
from tests.support.inbound import Sample, resigned, sample

pytestmark = pytest.mark.usefixtures("_desks")


def arriving(told: Sample, hours: int) -> Sample:
    """Signed when the sample was, and delivered later."""
    return replace(resigned(told), at=told.at + timedelta(hours=hours))


def test_glpi_s_queue_is_taken_for_a_day(heed: Heed) -> None:
    told = sample("glpi_ticket_update")
    named = {"email": "ana@example.com", "external_ids": ["glpi:ingrid.solheim"]}
    assert heed.call("POST", PEOPLE, named).status_code == 201
    for hours in (9, 10, 23):
        assert deliver(heed, arriving(told, hours)).status_code == 202
    assert len(heed.items("INVITE")) == 1
    assert sorted(line.reason for line in log_of(told)) == ["", "solved_before", "taken_before"]
    answer = deliver(heed, arriving(told, 25))
    assert (answer.status_code, answer.json_body["type"]) == (
        401,
        "urn:heed:problem:timestamp-stale",
    )
