"""A stored survey is read without its validator. So each field has to come back as it was."""

from typing import Any

import pytest

from chalicelib.surveys.store import SurveyStore
from tests.support.fakes import FakeTable
from tests.support.given_surveys import survey_of
from tests.support.questions import QUESTIONS

LEAST: dict[str, Any] = {"id": "it", "name": "IT", "question": "How was it?", "team": "IT"} | {
    "audience": "internal"
}
MOST = LEAST | {
    "success": "People get back to work.",
    "low_label": "bad",
    "high_label": "good",
    "scale": "csat",
    "look": "stars",
    "counts": "send",
    "identity": "anonymous",
    "smallest_group": 7,
    "closes_on": "2027-02-28",
    "team_runs_mail": True,
    "segments": ["role"],
    "segment_values": {"role": ["manager", "team"]},
    "themes": {"speed": ["slow", "fast"]},
    "causes": ["VPN"],
    "questions": QUESTIONS,
}
NAMED = LEAST | {"scale": "ces", "lang": "nb", "tz": "Europe/Oslo", "open_link": True}


@pytest.mark.parametrize("given", [LEAST, MOST, NAMED], ids=["least", "most", "named"])
def test_it_is_read_as_it_was_written(given: dict[str, Any]) -> None:
    written, store = survey_of(given), SurveyStore(FakeTable())
    store.put(written)
    assert store.get(written.id) == written


def test_one_that_was_stored_before_a_field_was_known_has_its_default() -> None:
    table = FakeTable()
    SurveyStore(table).put(survey_of(LEAST))
    for item in table.items.values():
        item.pop("smallest_group", None)
    assert SurveyStore(table).get("it").smallest_group == 5
