"""The letter about a closed task: to whom it goes, and why it does not."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Ticket
from chalicelib.invitations.throttle import Person
from chalicelib.invitations.token import Purpose, read_token
from chalicelib.notify.compose import Composed
from chalicelib.notify.letters.closing import ClosingNeeds, closing_letter, compose_closing
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.task import Task
from tests.support.mailing import SENDER
from tests.support.samples import KEYS, NOW, SURVEY, invitation

ANNA = invitation("anna", locale="nb")
WORDS = 'He said "try again" 🙂\nמחר יעבוד'
CLOSING = Closing("Wi-Fi", True, "Internal.", NOW, "2026-11-20", 1, WORDS)
TASK = Task(ANNA.id, SURVEY.id, "Desk", None, NOW, NOW, "2026-11-20", closing=CLOSING, told_at=NOW)
LETTER = closing_letter(ANNA.id, SURVEY.id, moments.to_text(NOW), NOW)


def composed(task: Task | None = TASK, asked: Any = ANNA, **flags: bool) -> Composed | str:
    def get(_: str) -> Task:
        if task is None:
            raise NotFound("task")
        return task

    def person(found: str) -> Person:
        return Person(found, **flags)

    needs = ClosingNeeds(get, lambda _: asked, person, lambda _: SURVEY, lambda: SENDER)
    return compose_closing(LETTER, needs)


def test_it_goes_to_whoever_had_answered_in_their_language() -> None:
    told = composed()
    assert isinstance(told, Composed)
    assert (told.to.person, told.to.email, told.to.lang) == (ANNA.person, ANNA.email, "nb")
    assert (told.facts["words"], told.listed_as) == (WORDS, SURVEY.id)
    assert "Internal." not in str(told.facts)


def test_yes_and_no_are_one_tap_each_for_a_month() -> None:
    told = composed()
    assert isinstance(told, Composed)
    (no, to_no), (yes, to_yes) = told.facts["links"]
    assert (yes, no, to_yes[:-2], to_yes[-2:]) == (1, 0, to_no[:-2], "/1")
    token = to_yes.split("/")[-2]
    assert read_token(token, Purpose.HELPED, KEYS, NOW).invitation == TASK.id


@pytest.mark.parametrize("flag", ["unsubscribed", "bounced", "complained", "erased"])
def test_who_gets_no_mail_gets_this_one_neither(flag: str) -> None:
    assert composed(**{flag: True}) == flag


@pytest.mark.parametrize(
    ("task", "asked", "reason"),
    [
        (None, ANNA, "erased"),
        (replace(TASK, closing=None), ANNA, "opened_again"),
        (replace(TASK, told_at=NOW.replace(hour=20)), ANNA, "opened_again"),
        (TASK, None, "no_address"),
        (TASK, replace(ANNA, email=""), "no_address"),
    ],
)
def test_a_reason_not_to_write_is_told(task: Any, asked: Any, reason: str) -> None:
    assert composed(task, asked) == reason


def test_each_closing_has_one_letter() -> None:
    again = closing_letter(ANNA.id, SURVEY.id, moments.to_text(NOW.replace(hour=20)), NOW)
    assert closing_letter(ANNA.id, SURVEY.id, LETTER.once, NOW.replace(hour=23)).id == LETTER.id
    assert again.id != LETTER.id


def test_the_ticket_is_named_where_there_is_one() -> None:
    asked = replace(ANNA, ticket=Ticket("zendesk", "48213", None, None))
    told = composed(asked=asked)
    assert isinstance(told, Composed)
    assert (told.facts["ticket_id"], told.facts["ticket_subject"]) == ("48213", None)
