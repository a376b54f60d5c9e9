"""A press is heard wherever in a millisecond it comes, in the mode that a survey has by
default. A request that read the clock twice lost up to one first press in three."""

from typing import Any

import pytest

from tests.conftest import Stack
from tests.support.outside import (
    BROWSER,
    Answer,
    Outside,
    filled_in,
    open_page,
    post_form,
    press_send,
)

pytestmark = pytest.mark.slow
SURVEY = "presses"
FIRST_PRESSES = 60
SECOND_THOUGHTS = 14
EXPLICIT = ("counted", "explicit")
TOO_FAST = ("held", "too_fast")


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Outside:
    """The survey says nothing of what counts."""
    made = Outside(stack)
    survey = {
        "name": "Presses",
        "success": "Every press is heard.",
        "question": "How likely are you to recommend us?",
        "team": "Support",
        "audience": "external",
    }
    assert made.api("PUT", f"/v1/surveys/{SURVEY}", survey).json["counts"] == "tap"
    return made


def words(number: int) -> str:
    return f"These are words number {number}."


def test_no_first_press_is_lost_without_beacons(outside: Outside) -> None:
    """No score is low: a stack that opens tasks has the next tests wait for their mails."""
    answers = {}
    expected = {}
    scripted = set()
    for number in range(FIRST_PRESSES):
        score, runs_script = 7 + number % 4, number % 2 == 0
        invitation, links = outside.links_for(SURVEY, f"first-{number}")
        answers[number] = press(links[score], score, words(number), runs_script)
        expected[invitation] = (score, words(number))
        scripted |= {invitation} if runs_script else set()
    assert [number for number in answers if answers[number].status != 200] == []
    assert [number for number in answers if words(number) not in answers[number].text] == []
    found = recorded(outside)
    assert {invitation: found[invitation][2:] for invitation in expected} == expected
    assert {found[invitation][:2] for invitation in scripted} == {EXPLICIT}
    # Without script a form comes back faster than a person reads, except on a busy machine.
    others = {found[invitation][:2] for invitation in expected.keys() - scripted}
    assert TOO_FAST in others <= {TOO_FAST, EXPLICIT}


def test_every_second_thought_on_the_thank_you_page_is_recorded(outside: Outside) -> None:
    told = []
    expected = {}
    for number in range(SECOND_THOUGHTS):
        invitation, links = outside.links_for(SURVEY, f"second-{number}")
        thanks = press_send(links[8], open_page(links[8]).text, 8, words(number))
        assert "Your 8 is recorded" in thanks.text
        told.append("Your 9 is recorded" in press_send(links[8], thanks.text, 9).text)
        expected[invitation] = (*EXPLICIT, 9, words(number))
    assert told == [True] * SECOND_THOUGHTS
    assert expected.items() <= recorded(outside).items()


def press(url: str, score: int, comment: str, runs_script: bool) -> Answer:
    page = open_page(url).text
    if runs_script:
        return press_send(url, page, score, comment)
    return post_form(url, filled_in(page, score, comment), BROWSER)


def recorded(outside: Outside) -> dict[str, tuple[Any, ...]]:
    return {
        found["id"]: (state, found["why"], found["score"], found["comment"])
        for state in ("counted", "held")
        for found in outside.responses(SURVEY, state)
    }
