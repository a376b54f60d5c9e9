"""What the plan of a survey wants of an answer."""

from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from chalicelib.responses.judge.verdict import State
from chalicelib.responses.response import Response, new_response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.surveys.plan import NAMES
from chalicelib.surveys.scale import points_of
from chalicelib.tasks.plan import plan, reason_to_drop, wants_a_task
from tests.support.given_surveys import survey_of
from tests.support.samples import NOW, SURVEY, invitation

WORDS = "It was slow."


def survey(plan: Any = "default", **changes: Any) -> Survey:
    return survey_of(definition_of(SURVEY) | {"plan": plan} | changes)


def answer(score: int = 2, comment: str | None = None, **changes: Any) -> Response:
    made = new_response(invitation(), "2026-11-20", NOW, changes.pop("scale", "nps"))
    return replace(made, **{"score": score, "comment": comment, "version": 1} | changes)


def wanted(of: Survey, response: Response) -> list[str]:
    return [effect.do for effect in plan(of, response, NOW)]


@pytest.mark.parametrize(
    ("name", "unhappy", "unhappy_words", "middle_words", "happy_words"),
    [
        ("default", "open_task follow_up", "open_task follow_up", "", ""),
        (
            "help_desk",
            "open_task follow_up",
            "open_task follow_up words_to_server note_in_ticket",
            "words_to_server note_in_ticket",
            "words_to_server note_in_ticket",
        ),
        (
            "internal_department",
            "open_task follow_up",
            "open_task follow_up words_to_team",
            "words_to_team",
            "words_to_team",
        ),
        (
            "external_client",
            "open_task",
            "open_task words_to_team",
            "open_task words_to_team",
            "words_to_team",
        ),
    ],
)
def test_what_each_named_plan_does(
    name: str, unhappy: str, unhappy_words: str, middle_words: str, happy_words: str
) -> None:
    said = [answer(2), answer(2, WORDS), answer(7, WORDS), answer(9, WORDS)]
    assert [" ".join(wanted(survey(name), one)) for one in said] == [
        *(unhappy, unhappy_words, middle_words, happy_words),
    ]
    assert wanted(survey(name), answer(10)) == []


@given(
    st.sampled_from(["nps", "csat", "ces", "thumbs"]),
    st.integers(0, 10),
    st.sampled_from([*NAMES, [], [{"do": "notify", "to": "desk"}]]),
)
def test_who_asks_to_be_contacted_gets_one_task_in_every_band_of_every_plan(
    scale: str, place: int, named: Any
) -> None:
    score = points_of(scale)[place % len(points_of(scale))]
    asked = answer(score, contact=True, scale=scale)
    effects = wanted(survey(named, scale=scale), asked)
    assert effects.count("open_task") == 1


@pytest.mark.parametrize(
    ("when", "matches"),
    [
        ({}, True),
        ({"bands": ["detractor"]}, True),
        ({"bands": ["passive", "promoter"]}, False),
        ({"scores": {"min": 2, "max": 2}}, True),
        ({"scores": {"min": 3}}, False),
        ({"words": True}, True),
        ({"words": False}, False),
        ({"contact": False}, True),
        ({"contact": True}, False),
        ({"segments": {"group": "IT Service Desk"}}, True),
        ({"segments": {"group": "IT Service Desk", "organization": "x"}}, False),
        ({"bands": ["detractor"], "words": False}, False),
    ],
)
def test_all_that_an_effect_says_of_when_has_to_hold(when: Any, matches: bool) -> None:
    of = survey([{"do": "notify", "to": "desk", "when": when}])
    assert bool(wanted(of, answer(2, WORDS))) is matches


def test_an_effect_waits_from_the_change_that_wants_it_on() -> None:
    of = survey([{"do": "notify", "to": "desk", "after": 7}])
    changed = answer(2, changed_at=NOW + timedelta(hours=2))
    (effect,) = plan(of, changed, NOW)
    assert effect.due_at == NOW + timedelta(hours=2, minutes=7)


def test_what_is_in_the_history_is_not_wanted_again_unless_it_is_said_again() -> None:
    once = survey([{"do": "notify", "to": "a"}, {"do": "notify", "to": "b", "once": False}])
    first = plan(once, answer(2), NOW)
    history = {effect.id for effect in first}
    assert plan(once, answer(2), NOW, history) == []
    again = plan(once, answer(3, version=2), NOW, history)
    assert [effect.to for effect in again] == ["b"]


def test_a_changed_time_or_condition_does_not_tell_a_webhook_again() -> None:
    before = survey([{"do": "notify", "to": "a"}])
    after = survey([{"do": "open_task"}, {"do": "notify", "to": "a", "after": 9}])
    history = {effect.id for effect in plan(before, answer(2), NOW)}
    assert [effect.do for effect in plan(after, answer(2), NOW, history)] == ["open_task"]


def test_an_old_answer_gets_its_task_and_is_told_to_nobody() -> None:
    old = answer(2, WORDS, changed_at=NOW - timedelta(days=1, seconds=1))
    assert wanted(survey("help_desk"), old) == ["open_task"]


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (None, "erased"),
        (answer(2, gone=True), "erased"),
        (answer(2, state=State.HELD), "not_counted"),
        (answer(9), "not_wanted"),
        (answer(2), None),
    ],
)
def test_it_says_why_something_is_not_wanted_any_more(
    response: Response | None, reason: str | None
) -> None:
    of = survey("default")
    task, *_ = plan(of, answer(2), NOW)
    assert reason_to_drop(of, response, task.id) == reason
    assert wants_a_task(of, response) is (reason is None)


@pytest.mark.parametrize("score", [0, 3, 8, 10])
@pytest.mark.parametrize("words", [None, WORDS])
def test_a_wish_is_noted_in_the_ticket_of_a_help_desk_in_every_band(
    score: int, words: str | None
) -> None:
    notes = [
        effect
        for effect in plan(survey("help_desk"), answer(score, words, contact=True), NOW)
        if effect.do == "note_in_ticket"
    ]
    assert [list(note.tells) for note in notes] == [["words", "contact"] if words else ["contact"]]


def test_a_note_tells_what_no_note_has_told() -> None:
    of = survey("help_desk", note_score=True)
    first = plan(of, answer(3, contact=True), NOW)
    history = {told for effect in first for told in effect.tells.values()}
    (left,) = [one for one in plan(of, answer(3, WORDS, contact=True), NOW, history) if one.tells]
    assert list(left.tells) == ["words"]
    history |= set(left.tells.values())
    again = plan(of, answer(4, "More.", contact=True), NOW, history)
    assert not any(effect.tells for effect in again)


def test_an_answer_that_says_nothing_has_no_note_until_it_does() -> None:
    of = survey([{"do": "note_in_ticket"}])
    assert wanted(of, answer(2)) == []
    assert wanted(of, answer(2, WORDS)) == ["note_in_ticket"]
    assert wanted(survey([{"do": "note_in_ticket"}], note_score=True), answer(2)) != []


def test_what_was_imported_or_came_of_a_ballot_wants_only_the_task_of_a_wish() -> None:
    for origin in ("import", "ballot"):
        assert wanted(survey("help_desk"), answer(2, WORDS, origin=origin)) == []
        wish = answer(9, WORDS, origin=origin, contact=True)
        assert wanted(survey("help_desk"), wish) == ["open_task"]
