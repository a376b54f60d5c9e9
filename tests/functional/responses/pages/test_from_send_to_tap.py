"""A survey that counted the form's Send and now counts the tap: what was counted stays."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.support.filling import PRESSED
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.tapping import DESKTOP, MOUSE, Mail

ROBOT = "python-urllib/3.11"


def switch_to(counts: str) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, counts=counts))
    surveys_wiring.catalogue.cache_clear()


@pytest.fixture
def answered(mail: Mail) -> Mail:
    """Three days before the switch: a 3 with words."""
    switch_to("send")
    mail.send(mail.open(3), 3, **PRESSED, comment="Slow.")
    assert mail.response["state"] == "counted"
    switch_to("tap")
    mail.clock.shift(timedelta(days=3))
    return mail


def standing(mail: Mail) -> tuple[Any, ...]:
    found = mail.response
    return found["state"], found["score"], found["comment"], found["day"]


def test_a_scanner_takes_no_answer_back(answered: Mail) -> None:
    before = answered.response
    for score in range(11):
        nonce = answered.open(score, ROBOT)
        answered.beacon(nonce, "hello", ROBOT)
        answered.beacon(nonce, "leave", ROBOT)
    answered.post("", b"score=9", ROBOT, "application/x-www-form-urlencoded")
    assert answered.response == before


def test_a_page_that_only_looked_takes_no_answer_back(answered: Mail) -> None:
    before = answered.response
    answered.beacon(answered.open(9), "leave")
    answered.beacon(answered.open(9), "hello")
    assert answered.response == before


def test_a_person_changes_the_answer_and_its_day_stays(answered: Mail) -> None:
    state, score, _, day = standing(answered)
    nonce = answered.open(9)
    answered.beacon(nonce, "hello")
    answered.beacon(nonce, "gesture", gesture=MOUSE)
    assert standing(answered) == (state, 9, "Slow.", day)
    assert score == 3
    page = answered.send(nonce, 8, DESKTOP, trusted="1", comment="Better.")
    assert page.status_code == 200
    assert standing(answered) == (state, 8, "Better.", day)
    assert tallied(answered.heed.stored()) == recounted(answered.heed.stored())
