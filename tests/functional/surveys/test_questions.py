"""The questions of a survey, put and changed."""

from typing import Any

import pytest

from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.box import Box
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.support.questions import CHANNEL, GOOD, MISSING, QUESTIONS
from tests.support.samples import NOW, stored_invitation

BODY = {"name": "R", "question": "How likely?", "audience": "external", "team": "Sales"}
THREE_WORDS = [{**MISSING, "id": name} for name in ("a", "b", "c")]
EMPTY = {"id": "x", "text": {"en": "", "de": ""}}
ELEVEN = [{"id": f"o{n}", "text": {"en": "x", "de": "x"}} for n in range(11)]


def codes(answer: Any) -> set[str]:
    return {error["code"] for error in answer.json_body["errors"]}


def put(heed: Heed, questions: object, **more: object) -> Any:
    return heed.call("PUT", "/v1/surveys/reviews", {**BODY, "questions": questions, **more})


def test_a_survey_shows_its_questions_as_they_were_put(heed: Heed) -> None:
    put(heed, QUESTIONS)
    shown = heed.call("GET", "/v1/surveys/reviews").json_body["questions"]
    assert shown == [CHANNEL, GOOD, {**MISSING, "options": []}]


@pytest.mark.parametrize(
    ("questions", "status", "code"),
    [
        ([*THREE_WORDS, {**MISSING, "id": "d"}], 422, "too_long"),
        ([MISSING, MISSING], 409, "given_twice"),
        ([{**MISSING, "id": "Not so"}], 422, "string_pattern_mismatch"),
        ([{**MISSING, "kind": "stars"}], 422, "literal_error"),
        ([{**MISSING, "text": {}}], 422, "too_short"),
        ([{**MISSING, "text": {"en": " "}}], 422, "string_pattern_mismatch"),
        ([{**MISSING, "text": {"en": "x" * 201}}], 422, "string_too_long"),
        ([{**MISSING, "text": {"en": "x", "EN": "y"}}], 409, "given_twice"),
        ([{**MISSING, "text": {"de": "Was fehlt?"}}], 409, "language_missing"),
        ([{**MISSING, "options": CHANNEL["options"]}], 422, "options_unwanted"),
        ([{**CHANNEL, "options": CHANNEL["options"][:1]}], 422, "options_missing"),
        ([{**CHANNEL, "options": ELEVEN}], 422, "too_long"),
        ([{**CHANNEL, "options": CHANNEL["options"][:1] * 2}], 409, "given_twice"),
        ([{**CHANNEL, "text": {"en": "How?"}}], 409, "language_missing"),
        (
            [
                {
                    **CHANNEL,
                    "options": [*CHANNEL["options"], {"id": "x", "text": {"en": "", "de": ""}}],
                }
            ],
            422,
            "string_pattern_mismatch",
        ),
    ],
)
def test_questions_that_cannot_be_asked_are_refused(
    heed: Heed, questions: object, status: int, code: str
) -> None:
    answer = put(heed, questions)
    assert (answer.status_code, codes(answer)) == (status, {code})


def test_a_language_of_a_region_speaks_for_the_survey_s(heed: Heed) -> None:
    assert put(heed, [{**MISSING, "text": {"de": "Was fehlt?"}}], lang="de-AT").status_code == 200


def answered(heed: Heed, questions: list[Any]) -> None:
    """By somebody who was asked."""
    assert put(heed, questions).status_code == 200
    table = responses_wiring.wiring.table()
    asked = stored_invitation(table, survey="reviews", segments=())
    needs = responses_wiring.record_needs()
    record_response(asked.id, Answer(9), new_operation(NOW), "UTC", NOW, needs)


@pytest.mark.parametrize(
    ("after", "code"),
    [
        ([], "question_in_use"),
        ([{**CHANNEL, "kind": "choices"}], "kind_in_use"),
        ([{**CHANNEL, "options": CHANNEL["options"][:2]}], "option_in_use"),
    ],
)
def test_what_was_answered_stays(heed: Heed, after: list[Any], code: str) -> None:
    answered(heed, [CHANNEL])
    answer = put(heed, after)
    assert (answer.status_code, codes(answer)) == (409, {code})


def test_options_questions_and_better_words_may_come_later(heed: Heed) -> None:
    answered(heed, [CHANNEL])
    more = [*CHANNEL["options"], {"id": "chat", "text": {"en": "Chat", "de": "Chat"}}]
    assert put(heed, [{**CHANNEL, "options": more}, MISSING]).status_code == 200
    text = {"en": "How did you come to us?", "de": "Wie kamen Sie zu uns?"}
    assert put(heed, [{**CHANNEL, "options": more, "text": text}, MISSING]).status_code == 200


def test_before_anybody_was_asked_all_may_change(heed: Heed) -> None:
    put(heed, QUESTIONS)
    assert put(heed, [{**CHANNEL, "kind": "choices"}]).status_code == 200


def test_a_sealed_survey_keeps_its_questions_once_its_box_is_open(heed: Heed) -> None:
    sealed = {"identity": "confidential"}
    put(heed, QUESTIONS, **sealed)
    ballots_wiring.ballots().open_box(Box("reviews", "confidential", 5, "board"))
    assert codes(put(heed, [GOOD], **sealed)) == {"question_in_use"}
