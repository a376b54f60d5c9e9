"""What a program posts is held in both modes, and counts in a trial survey alone."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from chalice.local import LambdaEventConverter
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.support.filling import DESKTOP, MOUSE
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.tapping import FORM, Mail

CURL = "curl/8.5.0"
NOON = datetime(2026, 11, 20, 12, 0).astimezone()


def put(mail: Mail, **changes: object) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()


@pytest.fixture(params=["send", "tap"])
def mail(request: pytest.FixtureRequest, heed: Any) -> Iterator[Mail]:
    with time_machine.travel(NOON, tick=False) as clock:
        made = Mail(heed, clock)
        put(made, counts=request.param)
        yield made


def send(mail: Mail, seconds: float, agent: str = DESKTOP, **fields: str) -> str:
    nonce = mail.open(9, agent)
    mail.clock.shift(timedelta(seconds=seconds))
    return str(mail.send(nonce, 9, agent, **fields).body.decode())


def outcome(mail: Mail) -> tuple[str, str]:
    assert tallied(mail.heed.stored()) == recounted(mail.heed.stored())
    return mail.response["state"], mail.response["why"]


def test_a_person_without_script_who_reads_first_counts(mail: Mail) -> None:
    assert "Your 9 is recorded" in send(mail, 1.5)
    assert outcome(mail) == ("counted", "explicit")


@pytest.mark.parametrize("fields", [{}, {"trusted": "1"}])
def test_a_form_that_comes_back_at_once_is_held(mail: Mail, fields: dict[str, str]) -> None:
    assert "not confirmed yet" in send(mail, 1.4, **fields)
    assert outcome(mail) == ("held", "too_fast")


def test_a_hand_that_is_quick_counts(mail: Mail) -> None:
    send(mail, 0.8, trusted="1", gesture=json.dumps(MOUSE))
    assert outcome(mail) == ("counted", "explicit")


def test_a_robot_is_held(mail: Mail) -> None:
    assert "not confirmed yet" in send(mail, 30, CURL)
    assert outcome(mail) == ("held", "robot")


@pytest.mark.parametrize("address", ["40.94.20.7", "104.47.9.1"])
def test_the_network_of_a_scanner_is_held(
    mail: Mail, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(LambdaEventConverter, "LOCAL_SOURCE_IP", address)
    send(mail, 30)
    assert outcome(mail) == ("held", "network")


@pytest.mark.parametrize("nonce", ["", "made up", "a" * 90])
def test_a_form_without_its_page_s_nonce_is_held(mail: Mail, nonce: str) -> None:
    mail.send(nonce, 9)
    assert outcome(mail) == ("held", "foreign_form")


def test_who_opens_every_link_first_is_held(mail: Mail) -> None:
    nonces = [mail.open(score) for score in range(11)]
    mail.clock.shift(timedelta(seconds=20))
    mail.send(nonces[9], 9)
    assert outcome(mail) == ("held", "sweep")


def test_a_post_of_only_a_score_overwrites_nothing(mail: Mail) -> None:
    send(mail, 30)
    for agent in (DESKTOP, CURL):
        mail.clock.shift(timedelta(seconds=34))
        page = mail.post("", urlencode({"score": 1}).encode(), agent, FORM).body.decode()
        assert "Your 1 is not confirmed yet" in page
    assert (mail.response["score"], *outcome(mail)) == (9, "counted", "explicit")


def test_a_trial_survey_counts_a_script_and_says_so_on_every_page(mail: Mail) -> None:
    put(mail, trial=True)
    assert b"This is a trial survey." in mail.heed.http.get(f"/r/{mail.token}/9").body
    page = mail.post("", b"score=4", CURL, FORM).body.decode()
    assert "Your 4 is recorded" in page
    assert "This is a trial survey." in page
    assert (mail.response["score"], *outcome(mail)) == (4, "counted", "explicit")


def test_only_a_press_counts_where_a_send_counts(mail: Mail) -> None:
    put(mail, counts="send")
    nonce = mail.open(9)
    mail.beacon(nonce, "hello")
    mail.beacon(nonce, "gesture", gesture=MOUSE)
    assert mail.response is None
