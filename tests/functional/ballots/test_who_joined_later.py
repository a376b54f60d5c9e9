"""What people were asked under stays, whoever joins a team later. What is new is refused."""

from typing import Any

import pytest

from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of
from tests.support.owners import PEOPLE as COLLEAGUES
from tests.support.samples import NOW, SURVEY, stored_invitation
from tests.support.wave import DEFINITION, PATH, Wave

SITES = {"site": ["Oslo", "Kari Nordmann"]}
SEALED: dict[str, Any] = {**DEFINITION, "segment_values": SITES}
OF_NAMED = f"/v1/surveys/{SURVEY.id}"
NAMED = body_of(SURVEY, "id")
OPTIONS = [{"id": "kari", "text": {"en": "Kari Nordmann"}}, {"id": "b", "text": {"en": "Others"}}]
ASKED = {"id": "who", "kind": "choice", "text": {"en": "What was good?"}, "options": OPTIONS}


def join(heed: Heed) -> None:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": COLLEAGUES})


def answer(heed: Heed) -> None:
    asked = stored_invitation(responses_wiring.wiring.table(), survey=SURVEY.id, segments=())
    needs = responses_wiring.record_needs()
    record_response(asked.id, Answer(9), new_operation(NOW), "UTC", NOW, needs)


def codes(answer: Any) -> list[str]:
    return [error["code"] for error in answer.json_body["errors"]]


@pytest.fixture
def asked(wave: Wave, heed: Heed) -> Wave:
    assert heed.call("PUT", PATH, SEALED).status_code == 200
    assert wave.ask(12).status_code == 202
    join(heed)
    return wave


@pytest.mark.parametrize("changed", [{}, {"success": "All would."}, {"name": "IT, second try"}])
def test_a_sealed_survey_is_saved_again(asked: Wave, heed: Heed, changed: dict[str, Any]) -> None:
    assert heed.call("PUT", PATH, SEALED | changed).status_code == 200


def test_a_new_value_of_a_sealed_survey_is_refused(asked: Wave, heed: Heed) -> None:
    more = {"segment_values": {"site": [*SITES["site"], "Hansen, Olav"]}}
    assert codes(heed.call("PUT", PATH, SEALED | more)) == ["value_of_employee"]


def test_a_survey_that_asked_nobody_loses_the_value(wave: Wave, heed: Heed) -> None:
    assert heed.call("PUT", PATH, SEALED).status_code == 200
    join(heed)
    assert codes(heed.call("PUT", PATH, SEALED)) == ["value_of_employee"]
    assert heed.call("PUT", PATH, DEFINITION).status_code == 200


def test_a_question_that_people_answered_stays_as_it_is(heed: Heed) -> None:
    assert heed.call("PUT", OF_NAMED, {**NAMED, "questions": [ASKED]}).status_code == 200
    join(heed)
    refused = heed.call("PUT", OF_NAMED, {**NAMED, "questions": [ASKED]})
    assert codes(refused) == ["question_of_employee"]
    answer(heed)
    assert heed.call("PUT", OF_NAMED, {**NAMED, "questions": [ASKED]}).status_code == 200
    option = {"id": "c", "text": {"en": "Olav Hansen"}}
    more = {**ASKED, "options": [*OPTIONS, option]}
    refused = heed.call("PUT", OF_NAMED, {**NAMED, "questions": [more]})
    assert codes(refused) == ["question_of_employee"]


def test_a_value_that_can_be_taken_back_is_refused(heed: Heed) -> None:
    values = {"segment_values": {"group": ["Kari Nordmann"]}}
    assert heed.call("PUT", OF_NAMED, NAMED | values).status_code == 200
    answer(heed)
    join(heed)
    assert codes(heed.call("PUT", OF_NAMED, NAMED | values)) == ["value_of_employee"]
    assert heed.call("PUT", OF_NAMED, NAMED).status_code == 200
