"""A named administrator looks up what a person answered, and leaves a record of it."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.support.answers import refused
from tests.support.confidential import PATH, Confidential, stranger

ANNA = "anna@example.com"


@pytest.fixture
def survey(heed: Heed) -> Confidential:
    return Confidential(heed)


def test_an_answer_that_waits_is_found_by_the_address(survey: Confidential) -> None:
    invitation = survey.vote("anna", 2, "The queue")
    opened = survey.look_up(email="Anna@Example.com")
    assert opened.status_code == 200
    said = {"score": 2, "comment": "The queue", "answers": {}}
    assert opened.json_body["answers"] == [{"invitation": invitation, **said, "published": None}]


def test_a_published_answer_is_found_by_its_invitation(survey: Confidential) -> None:
    invitation = survey.vote("anna", 2, "The queue")
    survey.crowd(5)
    survey.release()
    (answer,) = survey.look_up(invitation=invitation).json_body["answers"]
    assert (answer["score"], answer["comment"]) == (2, "The queue")
    assert answer["published"]


def test_every_look_up_leaves_a_record_that_tells_who_looked_and_why(
    survey: Confidential,
) -> None:
    survey.vote("anna", 2)
    made = survey.look_up(email=ANNA, reason="A complaint of 20 November.").json_body
    (record,) = survey.records()
    assert (record["id"], record["at"], record["by"]) == (made["id"], made["at"], made["by"])
    assert record["reason"] == "A complaint of 20 November."


def test_who_may_not_see_people_sees_the_record_without_whom(survey: Confidential) -> None:
    survey.look_up(invitation=survey.vote("anna", 2))
    (record,) = survey.records(survey.heed.make_key(Scope.SURVEYS_READ))
    assert (record["reason"], record["invitations"]) == ("She asked us in writing.", None)


@pytest.mark.parametrize("whom", [{"email": "nobody@example.com"}, {"invitation": stranger()}])
def test_a_look_up_that_finds_nothing_leaves_a_record_too(
    survey: Confidential, whom: dict[str, str]
) -> None:
    assert survey.look_up(**whom).json_body["answers"] == []
    assert len(survey.records()) == 1


def test_the_record_is_written_before_the_answer_is_read(
    survey: Confidential, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey.vote("anna", 2)

    def unreadable(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("chalicelib.ballots.memory.BallotMemory.find", unreadable)
    assert survey.look_up(email=ANNA).status_code == 503
    assert len(survey.records()) == 1


def test_it_needs_a_scope_of_its_own(survey: Confidential) -> None:
    key = survey.heed.make_key(*set(Scope) - {Scope.BALLOTS_OPEN})
    body = {"email": ANNA, "reason": "She asked us in writing."}
    assert survey.heed.call("POST", f"{PATH}/lookups", body, key).status_code == 403
    assert survey.records() == []


@pytest.mark.parametrize(
    "body",
    [
        {"email": ANNA},
        {"email": ANNA, "reason": "too short"},
        {"email": ANNA, "reason": " " * 20},
        {"email": ANNA, "reason": "x" * 501},
        {"reason": "She asked us in writing."},
        {"email": ANNA, "invitation": stranger(), "reason": "She asked us in writing."},
    ],
)
def test_it_needs_one_person_and_a_reason(survey: Confidential, body: dict[str, str]) -> None:
    assert survey.heed.call("POST", f"{PATH}/lookups", body).status_code == 422
    assert survey.records() == []


@pytest.mark.parametrize(
    ("identity", "code"), [("anonymous", "sealed_survey"), ("named", "survey_named")]
)
def test_only_a_confidential_survey_has_look_ups(heed: Heed, identity: str, code: str) -> None:
    survey = Confidential(heed, identity)
    assert refused(survey.look_up(email=ANNA))[2] == code
    assert survey.records() == []


def test_the_invitation_of_another_survey_is_not_looked_into(survey: Confidential) -> None:
    invitation = survey.vote("anna", 2)
    other = replace(survey.survey, id="other")
    survey.heed.call("PUT", "/v1/surveys/other", definition_of(other))
    body = {"invitation": invitation, "reason": "She asked us in writing."}
    assert survey.heed.call("POST", "/v1/surveys/other/lookups", body).json_body["answers"] == []


def test_records_come_in_pages_the_newest_first(survey: Confidential) -> None:
    for number in range(3):
        survey.look_up(email=ANNA, reason=f"The reason number {number}.")
    page = survey.heed.call("GET", f"{PATH}/lookups?limit=2").json_body
    rest = survey.heed.call("GET", f"{PATH}/lookups?limit=2&cursor={page['next']}").json_body
    assert [one["reason"][-2] for one in [*page["items"], *rest["items"]]] == ["2", "1", "0"]
