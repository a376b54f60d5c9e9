"""What an answer leaves in the ticket it came from."""

import pytest
from msgspec.structs import replace

from chalicelib.notify.tickets.compose_note import note_of
from chalicelib.responses.response import Answer, Response, answered
from chalicelib.tasks.plan import FACTS
from tests.support.notices import HOSTILE
from tests.support.samples import NOW, SURVEY, invitation

SCORED = replace(SURVEY, note_score=True)


def response(comment: str | None = "It is slow.", contact: bool = False) -> Response:
    said = Answer(3, comment, contact)
    return answered(invitation(), None, said, "operation", "2026-11-20", NOW)


def test_the_words_and_the_wish_are_told_and_no_score() -> None:
    note = note_of(response(contact=True), SURVEY, "id", FACTS)
    assert note is not None
    assert note.words == "It is slow."
    assert note.facts == (
        "Wishes to be contacted.",
        "Ingrid Solheim answered the survey IT Help Desk.",
    )


def test_the_score_is_told_if_the_survey_says_so() -> None:
    note = note_of(response(), SCORED, "id", FACTS)
    assert note is not None
    assert note.facts[0] == "Score of this one answer: 3 on a scale of 0 to 10."


def test_an_answer_without_words_and_wish_leaves_no_note_unless_the_score_is_told() -> None:
    assert note_of(response(" "), SURVEY, "id", FACTS) is None
    assert note_of(response(None), SCORED, "id", FACTS) is not None


@pytest.mark.parametrize("name", HOSTILE)
def test_each_fact_is_one_line(name: str) -> None:
    note = note_of(replace(response(), name=name), SCORED, "id", FACTS)
    assert note is not None
    assert all(len(fact.splitlines()) == 1 for fact in note.facts)
