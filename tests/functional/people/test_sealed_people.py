"""A28: erasing and exporting a person who was asked by a sealed survey."""

import pytest

from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.confidential import PATH, Confidential
from tests.support.recount import recounted, tallied

ANNA = {"email": "anna@example.com"}
WORDS = "Ask for Anna"


@pytest.fixture
def survey(heed: Heed) -> Confidential:
    return Confidential(heed)


def released(survey: Confidential) -> str:
    invitation = survey.vote("anna", 2, WORDS)
    survey.crowd(11)
    survey.release()
    return invitation


def test_the_words_and_the_link_go_and_the_number_stays(survey: Confidential) -> None:
    invitation = released(survey)
    before = survey.heed.call("GET", f"{PATH}/scores").json_body
    assert survey.heed.call("POST", "/v1/people/erasures", ANNA).status_code == 200
    after = survey.heed.call("GET", f"{PATH}/scores").json_body
    assert (after["distribution"], after["responses"]) == (before["distribution"], 12)
    assert (before["comments"], after["comments"]) == (12, 11)
    assert survey.look_up(invitation=invitation).json_body["answers"] == []
    assert WORDS not in str(survey.heed.stored())
    assert tallied(survey.heed.stored()) == recounted(survey.heed.stored())


def test_the_conversation_goes_with_the_words(survey: Confidential) -> None:
    released(survey)
    found = survey.heed.call("GET", f"{PATH}/responses").json_body["items"]
    answer = next(one["id"] for one in found if one["comment"] == WORDS)
    replies = f"{PATH}/responses/{answer}/replies"
    assert survey.heed.call("POST", replies, {"text": "Which queue?"}).status_code == 200
    survey.heed.call("POST", "/v1/people/erasures", ANNA)
    assert survey.heed.call("GET", f"{PATH}/conversations").json_body["items"] == []
    assert survey.heed.call("POST", replies, {"text": "Hello?"}).status_code == 409


def test_an_answer_that_waits_goes_as_a_whole(survey: Confidential) -> None:
    invitation = survey.vote("anna", 2, WORDS)
    survey.heed.call("POST", "/v1/people/erasures", ANNA)
    assert survey.look_up(invitation=invitation).json_body["answers"] == []
    survey.crowd(11)
    survey.release()
    assert survey.heed.call("GET", f"{PATH}/scores").json_body["responses"] == 11


def test_the_receipt_does_not_tell_whether_there_was_an_answer(survey: Confidential) -> None:
    released(survey)
    survey.ask("bo")
    answered = survey.heed.call("POST", "/v1/people/erasures", ANNA).json_body
    silent = survey.heed.call("POST", "/v1/people/erasures", {"email": "bo@example.com"}).json_body
    assert answered["erased"] == silent["erased"]
    assert answered["says"] == silent["says"] == []


def test_erasing_twice_changes_nothing_more(survey: Confidential) -> None:
    released(survey)
    first = survey.heed.call("POST", "/v1/people/erasures", ANNA).json_body
    stored = survey.heed.stored()
    assert survey.heed.call("POST", "/v1/people/erasures", ANNA).json_body == first
    assert survey.heed.stored() == stored


def test_of_an_anonymous_survey_nothing_is_deleted_by_guess_a28(heed: Heed) -> None:
    survey = Confidential(heed, "anonymous")
    survey.vote("anna", 2, WORDS)
    receipt = heed.call("POST", "/v1/people/erasures", ANNA).json_body
    assert (receipt["erased"]["unfindable"], receipt["erased"]["invitations"]) == (1, 1)
    assert "Art. 11 GDPR" in receipt["says"][0]
    survey.crowd(9)
    survey.release()
    assert heed.call("GET", f"{PATH}/scores").json_body["responses"] == 5


def test_an_export_opens_a_confidential_answer_and_leaves_a_record(survey: Confidential) -> None:
    released(survey)
    found = survey.heed.call("GET", f"/v1/people/export?email={ANNA['email']}").json_body
    (asked,) = found["invitations"]
    assert asked["identity"] == "confidential"
    assert (asked["response"]["score"], asked["response"]["comment"]) == (2, WORDS)
    assert asked["response"]["answered_at"].endswith("T00:00:00.000Z")
    (record,) = survey.records()
    assert record["invitations"] == [asked["id"]]


def test_an_export_without_the_scope_opens_nothing(survey: Confidential) -> None:
    released(survey)
    key = survey.heed.make_key(Scope.PEOPLE_READ)
    found = survey.heed.call("GET", f"/v1/people/export?email={ANNA['email']}", key=key).json_body
    assert found["invitations"][0]["response"] is None
    assert WORDS not in str(found)
    assert survey.records() == []


def test_an_export_finds_no_anonymous_answer(heed: Heed) -> None:
    survey = Confidential(heed, "anonymous")
    survey.vote("anna", 2, WORDS)
    found = heed.call("GET", f"/v1/people/export?email={ANNA['email']}").json_body
    (asked,) = found["invitations"]
    assert (asked["identity"], asked["response"]) == ("anonymous", None)
    assert survey.records() == []
