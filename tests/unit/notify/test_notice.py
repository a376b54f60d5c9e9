"""What a channel is told of a task, and what of a sealed survey it is not."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.notify.chat.notice import cut, lines_of, notice_of, notice_of_answer
from chalicelib.notify.chat.slack import message_of
from chalicelib.notify.chat.teams import card_of
from chalicelib.responses.response import Answer, Response, answered
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.task import task_for, task_for_release
from tests.support.samples import NOW, SURVEY, invitation

SAID = Answer(3, "Third visit, same fault.", contact=True)
SEALED = replace(SURVEY, identity="confidential")


def response(**changes: object) -> Response:
    said = answered(invitation(), None, SAID, "operation", "2026-11-20", NOW)
    return replace(said, **changes)  # type: ignore[arg-type]


def test_a_notice_has_the_words_who_said_them_and_the_ticket() -> None:
    found = notice_of(task_for(response(), SURVEY, NOW), SURVEY, response(), NOW, "Kari")
    assert (found.words, found.person) == ("Third visit, same fault.", "Ingrid Solheim")
    assert found.facts[2] == ("Ticket", "Laptop will not join the office Wi-Fi")
    assert ("Owner", "Kari") in found.facts


@pytest.mark.parametrize("made", [message_of, card_of])
def test_no_channel_is_told_a_score_or_an_address(made: object) -> None:
    task = task_for(response(), SURVEY, NOW)
    found = notice_of(task, SURVEY, response(score=3), NOW)
    other = notice_of(task, SURVEY, response(score=0), NOW)
    assert made(found) == made(other)  # type: ignore[operator]
    assert b"one@example.com" not in made(found)  # type: ignore[operator]


def test_of_a_confidential_answer_nothing_is_told() -> None:
    task = task_for(response(), SEALED, NOW)
    found = notice_of(task, SEALED, response(), NOW)
    assert (found.words, found.person, found.ticket, found.wishes_contact) == (
        *(None, None, None),
        False,
    )
    assert b"Ingrid" not in message_of(found) + card_of(found)


def test_a_task_of_a_release_tells_of_its_survey() -> None:
    found = notice_of(task_for_release(SEALED, 1, 7, NOW), SEALED, None, NOW)
    assert found.headline == "Somebody waits for an answer: IT Help Desk"


def test_what_was_erased_is_told_no_more() -> None:
    found = notice_of(task_for(response(), SURVEY, NOW), SURVEY, response(gone=True), NOW)
    assert (found.words, found.person) == (None, None)


def test_a_closed_task_tells_its_cause() -> None:
    closing = Closing("Wrong fix", False, None, NOW, "2026-11-20")
    task = replace(task_for(response(), SURVEY, NOW), closing=closing)
    later = NOW + timedelta(hours=1)
    found = notice_of(task, SURVEY, response(), later)
    assert (found.state, found.cause) == ("closed", "Wrong fix")


def test_an_answer_is_told_without_a_task() -> None:
    found = notice_of_answer(response(comment=" Thank you! "), SURVEY)
    assert (found.task, found.words, found.person) == (None, "Thank you!", "Ingrid Solheim")
    assert notice_of_answer(response(), SEALED) == notice_of_answer(None, SEALED)


def test_words_to_another_question_are_words() -> None:
    said = response(comment=None, answers={"missing": "A call.", "reached": ("phone",)})
    assert notice_of_answer(said, SURVEY).words == "A call."


def test_long_words_are_cut_at_a_blank() -> None:
    assert cut("one two three", 9) == "one two…"
    assert cut("abcdefghij", 5) == "abcd…"
    assert cut("short", 5) == "short"


def test_of_many_lines_the_first_are_shown() -> None:
    shown = lines_of("\n".join(str(number) for number in range(100)))
    assert (len(shown), shown[0], shown[-1]) == (40, "0", "…")
