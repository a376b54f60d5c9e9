"""What follows an answer on the deployed stack, in the mode that a survey has by default: the rules
of the bus that open and end tasks, the team that gets them, and the questions beside the score."""

from typing import Any

import pytest

from tests.conftest import Stack
from tests.support.outside import (
    BROWSER,
    PRESSED,
    Answer,
    Outside,
    filled_in,
    open_page,
    post_form,
    until,
)
from tests.support.questions import QUESTIONS

pytestmark = pytest.mark.slow
PATH = "/v1/surveys/what-follows"
SURVEY = {
    "name": "What follows",
    "success": "Whoever asks for a call is called.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "external",
    "asks_contact": True,
    "task_team": "what-follows",
    "questions": QUESTIONS,
}
TEAM = {
    "name": "Support",
    "people": [{"id": "kari", "name": "Kari", "email": "kari@example.com"}],
    "owner_rule": "named",
    "owner": "kari",
    "calendar": {"tz": "Europe/Oslo", "hours": {"monday": ["08:00-16:00"]}, "country": "NO"},
}


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Outside:
    made = Outside(stack)
    assert made.api("PUT", "/v1/teams/what-follows", TEAM).status == 200
    assert made.api("PUT", PATH, SURVEY).json["counts"] == "tap"
    return made


def say(outside: Outside, who: str, score: int, **more: str) -> tuple[str, str, Answer]:
    """The invitation, a link of it, and the page that thanks."""
    invitation, links = outside.links_for("what-follows", who)
    return invitation, links[score], send(links[score], open_page(links[score]), score, **more)


def send(link: str, page: Answer, score: int, **more: str) -> Answer:
    thanks = post_form(link, {**filled_in(page.text, score), **PRESSED, **more}, BROWSER)
    assert thanks.status == 200
    return thanks


def task(outside: Outside, invitation: str, state: str) -> Any:
    def found() -> Any:
        shown = outside.api("GET", f"/v1/tasks/{invitation}")
        return shown.json if shown.status == 200 and shown.json["state"] == state else None

    return until(found, what=f"a task that is {state}")


def test_who_asks_to_be_called_gets_a_task_of_the_team(outside: Outside) -> None:
    invitation, *_ = say(outside, "happy", 9, contact="yes")
    opened = task(outside, invitation, "open")
    assert (opened["team_id"], opened["owner"], opened["response"]["score"]) == (
        "what-follows",
        "kari",
        9,
    )
    # No other hour is a working hour, so 24 of them take three Mondays.
    assert opened["due_at"] > opened["created_at"][:10] + "T24"


def test_an_answer_that_improves_ends_its_task(outside: Outside) -> None:
    invitation, link, thanks = say(outside, "corrected", 2)
    task(outside, invitation, "open")
    send(link, thanks, 9)
    closed = task(outside, invitation, "closed")
    assert (closed["cause"], closed["fixed"]) == ("answer improved", False)


def test_answers_to_questions_are_counted_with_the_score(outside: Outside) -> None:
    say(outside, "asked", 9, **{"q.channel": "mail", "q.good.care": "yes", "q.missing": "Hours"})
    counted = outside.api("GET", f"{PATH}/scores").json["questions"]
    assert {row["question"]: row["answered"] for row in counted} == {
        "channel": 1,
        "good": 1,
        "missing": 1,
    }
