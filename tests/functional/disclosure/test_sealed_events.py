"""A24: what the bus is told of a sealed survey, made from every item that is stored of it."""

import json
from typing import Any

import pytest

from chalicelib.publish import events_of
from tests.functional.conftest import Heed
from tests.support.confidential import Confidential

FACTS = {"id": "event", "occurred_at": "2026-11-20T07:00:00.000Z"}
OF_A_RELEASE = {"version", "survey", "release", "answers", "unhappy", "with_words", *FACTS}


@pytest.fixture(params=["anonymous", "confidential"])
def survey(heed: Heed, request: pytest.FixtureRequest) -> Confidential:
    made = Confidential(heed, request.param)
    made.vote("anna", 2, "Ask for Anna")
    made.crowd(11)
    made.release()
    return made


def told(survey: Confidential) -> list[Any]:
    items = survey.heed.stored()
    return [event for item in items for event in events_of(FACTS, {}, item)]


def test_a_release_is_told_as_a_whole_and_no_answer_by_itself(survey: Confidential) -> None:
    names = {event.name for event in told(survey)}
    assert names == {"AnswersReleased", "InvitationSent"}
    (released,) = [event for event in told(survey) if event.name == "AnswersReleased"]
    assert set(json.loads(released.model_dump_json())) == OF_A_RELEASE


def test_no_event_holds_words_results_receipts_or_people(survey: Confidential) -> None:
    items = survey.heed.items("RESPONSE")
    secrets = {item[name] for item in items for name in ("id", "receipt", "comment")}
    text = " ".join(event.model_dump_json() for event in told(survey))
    assert not [secret for secret in {*secrets, "anna"} if secret in text]


def test_taking_words_away_is_told_to_nobody(survey: Confidential) -> None:
    (result, *_) = survey.heed.items("RESPONSE")
    without = {name: value for name, value in result.items() if name != "comment"}
    assert events_of(FACTS, result, {**without, "version": 2}) == []
