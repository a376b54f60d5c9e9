"""Anonymous surveys ask many people at once, under a promise that stays."""

from typing import Any

import pytest

from chalicelib.errors import OutOfTime
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.ask import ask
from tests.functional.conftest import Heed
from tests.support.contract import may_be_sent
from tests.support.invitations import ASKED
from tests.support.problems import problem
from tests.support.samples import NOW
from tests.support.wave import DEFINITION, PATH, PEOPLE, Wave, token_in


def test_a_wave_asks_everybody_once(wave: Wave, heed: Heed) -> None:
    first, again = wave.ask(), wave.ask()
    assert (first.status_code, first.json_body) == (202, again.json_body)
    assert (first.json_body["asked"], first.json_body["not_asked"]) == (40, 0)
    assert len(heed.items("INVITE")) == 40


@pytest.mark.parametrize("value", ["Doe, Jane", "JDOE", "j.doe@example.com", "Jané  DOE", "J Doe"])
def test_a_value_that_stands_for_one_of_a_team_is_refused(
    wave: Wave, heed: Heed, value: str
) -> None:
    jane = {"id": "jane", "name": "Jane Doe", "email": "j.doe@example.com"}
    assert heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": [jane]}).status_code < 300
    people = [*PEOPLE[:11], PEOPLE[11] | {"facts": {"site": value}}]
    refused = heed.call("POST", f"{PATH}/waves", {"people": people})
    assert refused.status_code == 422
    (error,) = refused.json_body["errors"]
    assert (error["pointer"], error["code"]) == ("#/people/11/facts/site", "value_of_employee")
    assert heed.items("INVITE") == []
    assert wave.ask(12).status_code == 202


def test_a_value_of_fewer_than_ten_is_no_group_a12(wave: Wave, heed: Heed) -> None:
    assert wave.ask().json_body["groups"] == ["site=Bergen", "site=Oslo"]
    assert all(item["segments"] == [] for item in heed.items("INVITE"))


def test_fewer_than_ten_people_are_refused_a12(wave: Wave, heed: Heed) -> None:
    few = [*PEOPLE[:9], PEOPLE[0] | {"email": "PERSON0@EXAMPLE.com"}]
    refused = heed.call("POST", f"{PATH}/waves", {"people": few})
    assert refused.status_code == 422
    assert refused.json_body["errors"][0]["code"] == "too_few_people"
    assert refused.json_body["errors"][0]["detail"].startswith("9 of them")
    assert heed.items("INVITE") == []


def test_fewer_than_ten_new_people_are_refused_later_a12(wave: Wave, heed: Heed) -> None:
    assert wave.ask(20).json_body["asked"] == 20
    for people in (PEOPLE[:21], PEOPLE[11:29], PEOPLE[20:29]):
        refused = heed.call("POST", f"{PATH}/waves", {"people": [*people, *PEOPLE[:1]]})
        assert refused.status_code == 422
    assert refused.json_body["errors"][0]["code"] == "too_few_new_people"
    assert len(heed.items("INVITE")) == 20
    assert wave.ask(12).json_body["asked"] == 12
    assert wave.ask(30).json_body["asked"] == 30
    assert wave.ask(40).json_body["asked"] == 40


def test_a_wave_that_had_too_little_time_goes_on_with_its_last_few(
    wave: Wave, heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[str]()

    def ask_until_late(*arguments: Any) -> Any:
        if len(made) == 17:
            raise OutOfTime
        made.append("asked")
        return ask(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr("chalicelib.invitations.ask_wave.ask", ask_until_late)
        assert wave.ask(20).status_code == 503
    assert len(heed.items("INVITE")) == 17
    assert wave.ask(19).status_code == 422
    assert wave.ask(20).json_body["asked"] == 20


def test_a_team_that_runs_the_mail_system_is_warned_of(wave: Wave, heed: Heed) -> None:
    heed.call("PUT", PATH, DEFINITION | {"team_runs_mail": True})
    assert wave.ask().json_body["warnings"] == ["team_runs_mail"]


@pytest.mark.parametrize("way", ["invitations", "links"])
def test_nobody_is_asked_alone(wave: Wave, heed: Heed, way: str) -> None:
    body = {key: value for key, value in ASKED.items() if key != "segments"}
    refused = heed.call("POST", f"{PATH}/{way}", body | {"ticket": {"id": "1"}})
    assert problem(refused)[0] == 409
    assert heed.items("INVITE") == []


@pytest.mark.parametrize(
    "change",
    [
        {"identity": "confidential"},
        {"identity": "named", "closes_on": None},
        {"smallest_group": 6},
        {"closes_on": "2026-12-19"},
        {"segments": ["site", "role"]},
        {"scale": "ces"},
        {"tz": "Europe/Oslo"},
    ],
)
def test_what_was_promised_stays_a22_a23(wave: Wave, heed: Heed, change: dict[str, object]) -> None:
    assert heed.call("PUT", PATH, DEFINITION | change).status_code == 200
    assert heed.call("PUT", PATH, DEFINITION).status_code == 200
    wave.ask()
    assert heed.call("PUT", PATH, DEFINITION | change).status_code == 409
    assert heed.call("PUT", PATH, DEFINITION | {"name": "Another name"}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        *({"closes_on": None}, {"counts": "tap"}, {"open_link": True}),
        {"identity": "confidential", "asks_contact": True},
        {"note_score": True},
        {"identity": "confidential", "note_score": True},
    ],
)
def test_a_definition_that_breaks_the_seal_is_refused_as_the_document_says(
    wave: Wave, heed: Heed, wrong: dict[str, object]
) -> None:
    assert heed.call("PUT", PATH, DEFINITION | wrong).status_code == 422
    assert may_be_sent("PUT", PATH, DEFINITION)
    assert not may_be_sent("PUT", PATH, DEFINITION | wrong)


def test_each_mail_has_a_link_of_its_own_and_the_promise_a8(wave: Wave) -> None:
    wave.ask()
    wave.send()
    assert len({token_in(mail) for mail in wave.mails}) == 40
    for mail in wave.mails:
        html = mail.get_body(("html",)).get_content()
        assert "Anonymous: your name is not stored with your answer." in html
        assert "<img" not in html
        assert html.count("https://") == html.count("https://heed.example.com/")


def test_who_left_the_survey_is_not_asked_in_a_wave(wave: Wave, heed: Heed) -> None:
    person = invitations_wiring.person_of(PEOPLE[0]["email"])
    invitations_wiring.people().leave(person, PATH.rpartition("/")[2], NOW)
    asked = wave.ask().json_body
    assert (asked["asked"], asked["not_asked"]) == (39, 1)
