"""What a page of responses costs to read, whatever the number of answers."""

import pytest
from msgspec.structs import replace

from chalicelib import wiring
from chalicelib.aws import clients
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support import volumes
from tests.support.capacity import Meter
from tests.support.samples import SURVEY

PAGE = 50


@pytest.mark.parametrize("answers", [60, 120])
def test_a_page_of_fifty_costs_at_most_thirty_five_units(heed: Heed, answers: int) -> None:
    survey = replace(SURVEY, segments=["group"])
    surveys_wiring.surveys().put(survey)
    volumes.answer(wiring.table(), survey, answers, ["2026-10-06"])
    with Meter(clients.client("dynamodb")).running() as meter:
        page = heed.call("GET", f"/v1/surveys/{survey.id}/responses?limit={PAGE}").json_body
    assert len(page["items"]) == PAGE
    assert meter.units("GetItem", "BatchGetItem", "Query") <= 35
