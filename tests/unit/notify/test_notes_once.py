"""Each thing that an answer says stands in its ticket once, however it came."""

from collections import Counter
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chalicelib.notify.effects.outgoing import note_key
from chalicelib.notify.effects.plan_effects import missing_effects
from chalicelib.notify.effects.store import EffectStore
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.tasks.plan import id_of_fact
from tests.support.given_surveys import survey_of
from tests.support.samples import SURVEY
from tests.unit.notify.test_plan_effects import World

HELP_DESK = replace(SURVEY, plan="help_desk")
ALWAYS = survey_of(definition_of(SURVEY) | {"plan": [{"do": "note_in_ticket"}]})


def notes(world: World) -> list[list[str]]:
    found = world.items("DELIVERY")
    return [sorted(note["facts"]["tells"]) for note in found if note["kind"] == "note"]


@pytest.mark.parametrize("survey", [HELP_DESK, ALWAYS])
@pytest.mark.parametrize("score", [1, 7, 10])
def test_one_form_with_words_and_a_wish_is_one_note(survey: Survey, score: int) -> None:
    world = World(survey)
    world.say(score, "Slow.", contact=True)
    for _ in range(3):
        world.hear()
    assert notes(world) == [["contact", "words"]]


@pytest.mark.parametrize("survey", [HELP_DESK, ALWAYS])
def test_what_comes_later_is_a_note_of_its_own(survey: Survey) -> None:
    world = World(survey)
    for words, contact in ((None, True), ("Slow.", None), ("Very slow.", None)):
        world.say(9, words, contact)
        world.hear()
    assert notes(world) == [["contact"], ["words"]]
    other = World(survey)
    for words, contact in (("Slow.", None), (None, True), (None, False), (None, True)):
        other.say(9, words, contact)
        other.hear()
    assert notes(other) == [["words"], ["contact"]]


def test_two_runs_at_the_same_time_tell_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reads before the first has written, and is refused."""
    world, find, stale = World(HELP_DESK), EffectStore.find, [0]
    world.say(9, contact=True)

    def first(store: EffectStore, keys: Any) -> Any:
        found = find(store, keys)
        if not stale[0]:
            stale[0] = 1
            world.say(9, "Slow.")
            world.hear()
        return found

    monkeypatch.setattr(EffectStore, "find", first)
    world.hear()
    assert Counter(fact for note in notes(world) for fact in note) == {"words": 1, "contact": 1}


def test_a_note_that_was_dropped_tells_nothing() -> None:
    world = World(HELP_DESK)
    world.say(9, contact=True)
    world.hear()
    item = world.table.items[note_key(id_of_fact(world.id, "contact"))]
    item |= {"status": "suppressed", "reason": "not_wanted"}
    world.say(9, "Slow.")
    world.hear()
    assert ["contact", "words"] in notes(world)


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("say"),
            st.sampled_from([1, 7, 10]),
            st.sampled_from([None, "Slow.", "Lost."]),
            st.sampled_from([None, True, False]),
        ),
        st.tuples(st.just("hear")),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(steps, st.sampled_from([HELP_DESK, ALWAYS]))
def test_whatever_comes_nothing_is_told_twice_or_never(history: list[Any], survey: Survey) -> None:
    world = World(survey)
    world.say(2)
    for step, *facts in history:
        getattr(world, step)(*facts)
    world.hear()
    told = Counter(fact for note in notes(world) for fact in note)
    answer = world.response
    assert max(told.values(), default=0) <= 1
    assert told["words"] >= bool(answer.comment)
    assert told["contact"] >= answer.contact
    missing, _ = missing_effects(survey, [answer], world.now, world.needs)
    assert not any(effect.tells for effect in missing[world.id])
