"""Whoever left a survey gets none of its mails, and those of others all the same."""

import pytest
from msgspec.structs import replace

from chalicelib.invitations.throttle import (
    Person,
    reason_not_to_ask,
    reason_not_to_mail,
    reason_to_be_silent,
)
from tests.support.samples import NOW, SURVEY, invitation

LEFT = Person("p", left=frozenset({SURVEY.id}))
OTHER = replace(SURVEY, id="other")


def test_an_invitation_a_reminder_and_a_letter_say_why_not() -> None:
    assert reason_not_to_mail(invitation(), LEFT) == "unsubscribed_from_survey"
    assert reason_not_to_ask(LEFT, [], SURVEY, NOW) == "unsubscribed_from_survey"


def test_another_survey_asks() -> None:
    assert reason_not_to_ask(LEFT, [], OTHER, NOW) is None
    assert reason_to_be_silent(LEFT) is None


@pytest.mark.parametrize("flag", ["erased", "unsubscribed", "complained", "bounced"])
def test_what_stops_all_mail_is_said_first(flag: str) -> None:
    person = Person("p", left=frozenset({SURVEY.id}), **{flag: True})
    assert reason_not_to_ask(person, [], SURVEY, NOW) == flag
