"""Each effect of an answer is done once, in whatever order events come, come again or are lost; and
what the answer wants in the end is what there is."""

from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings
from msgspec.structs import replace

from chalicelib import keys
from chalicelib.invitations.served import Served
from chalicelib.invitations.store import InvitationStore
from chalicelib.mail.send import FOLLOW_UP, send
from chalicelib.notify.effects.plan_effects import PlanEffectsNeeds, missing_effects, plan_effects
from chalicelib.notify.effects.store import EffectStore
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer, Response
from chalicelib.responses.store import ResponseStore
from chalicelib.stuck import outlived_tasks
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.tasks.change_task import add_task, change_task, close_unasked
from chalicelib.tasks.plan import plan, wants_a_task
from chalicelib.tasks.task import Change, task_for
from tests.support.fakes import FakeTable
from tests.support.given_surveys import survey_of
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, SURVEY, recording, stored_invitation, task_needs
from tests.support.ticks import release_due

PLAN = [
    {"do": "open_task", "when": {"bands": ["detractor"]}},
    {"do": "follow_up", "when": {"bands": ["detractor"]}, "after": 10},
    {"do": "words_to_server"},
    {"do": "notify", "to": "gone", "when": {"bands": ["detractor"]}, "after": 3},
    {"do": "note_in_ticket", "when": {"words": True}},
]
PLANNED = survey_of(definition_of(SURVEY) | {"plan": PLAN})


def no_response(response: str) -> None:
    raise AssertionError("no response settles here")


class World:
    def __init__(self, planned: Survey = PLANNED) -> None:
        self.planned = planned
        self.table, self.mailer, self.now = FakeTable(), FakeMailer(), NOW
        self.id = stored_invitation(self.table).id
        self.left: list[str] = []

    @property
    def needs(self) -> PlanEffectsNeeds:
        tasks = task_needs(self.table, self.planned)

        def open_task(response: Response, survey: Survey, now: datetime) -> None:
            add_task(task_for(response, survey, now), tasks)

        served = Served(self.id, "kari", "kari@example.com", NOW + timedelta(days=30))
        return PlanEffectsNeeds(
            effects=EffectStore(self.table),
            response=ResponseStore(self.table).find,
            survey=lambda _: self.planned,
            invitation=InvitationStore(self.table).find,
            served=lambda invitation, now: served,
            team=lambda survey: None,
            webhook=lambda webhook: None,
            open_task=open_task,
            close_unasked=lambda response, now: close_unasked(response, now, tasks),
            left_alone=lambda effect, reason: self.left.append(reason),
            pause=lambda attempt: None,
        )

    def say(self, score: int, words: str | None = None, contact: bool | None = None) -> None:
        self.now += timedelta(seconds=1)
        record_response(
            self.id,
            Answer(score, words, contact),
            new_operation(self.now),
            "UTC",
            self.now,
            recording(self.table),
        )

    def hear(self) -> list[str]:
        return [effect.do for effect in plan_effects(self.id, self.now, self.needs)]

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        release_due(self.table, self.now, no_response)
        needs = replace(sending(self.table, self.mailer), survey=lambda _: self.planned)
        send(FOLLOW_UP, self.id, self.now, needs)

    def items(self, kind: str) -> list[dict[str, Any]]:
        return [item for key, item in self.table.items.items() if key.sk == kind]

    @property
    def task(self) -> str | None:
        found = self.table.items.get(keys.task(self.id))
        return found["state"] if found else None

    @property
    def response(self) -> Response:
        found = ResponseStore(self.table).find(self.id)
        assert found
        return found


def test_a_task_that_somebody_opened_again_stays_open_whatever_comes_late() -> None:
    world = World()
    for score in (2, 9):
        world.say(score)
        world.hear()
    again = Change("open")
    change_task(world.id, again, "kari", world.now, task_needs(world.table, PLANNED))
    for words in (None, "One more word."):
        world.say(9, words)
        world.hear()
        assert (world.task, outlived(world)) == ("open", [])


def test_a_better_answer_is_noted_once_however_often_it_is_told() -> None:
    world = World()
    world.say(2)
    world.hear()
    needs = task_needs(world.table, PLANNED)
    change_task(world.id, Change("taken"), "kari", world.now, needs)
    world.say(9)
    world.hear()
    change_task(world.id, Change(None, note="Called."), "kari", world.now, needs)
    world.hear()
    history = [entry.what for entry in needs.tasks.get(world.id).history]
    assert history == ["taken", "improved", "noted"]


def outlived(world: World) -> list[str]:
    return outlived_tasks(world.table, PLANNED, [world.response])


def test_a_rating_that_is_corrected_opens_closes_and_opens_again() -> None:
    world = World()
    for score, state in ((9, None), (2, "open"), (9, "closed"), (1, "open")):
        world.say(score)
        world.hear()
        assert world.task == state


def test_a_waiting_effect_is_dropped_and_planned_again() -> None:
    world = World()
    world.say(2)
    assert world.hear() == ["open_task", "follow_up", "notify"]
    world.say(9)
    world.hear()
    world.wait(11)
    assert (world.items("FOLLOWUP")[0]["reason"], world.mailer.sent) == ("not_wanted", [])
    world.say(2)
    assert "follow_up" in world.hear()
    world.wait(11)
    world.say(9)
    world.say(2)
    assert (world.hear(), len(world.mailer.sent)) == ([], 1)


def test_an_effect_for_those_who_wish_no_contact_waits_again_when_the_wish_is_gone() -> None:
    when = {"bands": ["detractor"], "contact": False}
    plan_ = [{"do": "follow_up", "when": when, "after": 10}]
    world = World(survey_of(definition_of(SURVEY) | {"plan": plan_}))
    world.say(2)
    assert world.hear() == ["follow_up"]
    world.say(2, contact=True)
    assert world.hear() == ["open_task"]
    world.wait(11)
    assert world.items("FOLLOWUP")[0]["reason"] == "not_wanted"
    world.say(2, contact=False)
    assert (world.hear(), world.task) == (["follow_up"], "closed")
    world.wait(11)
    assert len(world.mailer.sent) == 1


def test_a_webhook_that_there_is_not_harms_nothing_else() -> None:
    world = World()
    world.say(2, "Slow.")
    assert world.hear() == [effect["do"] for effect in PLAN]
    told = {item["to"]: item["status"] for item in world.items("DELIVERY")}
    assert told == {"gone": "waiting", "note": "queued"}


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("say"),
            st.sampled_from([1, 2, 7, 9]),
            st.sampled_from([None, "Slow."]),
            st.sampled_from([None, True, False]),
        ),
        st.tuples(st.just("hear")),
        st.tuples(st.just("wait"), st.integers(1, 20)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(steps)
def test_whatever_events_do_each_effect_is_there_once_in_the_end(history: list[Any]) -> None:
    world = World()
    world.say(2)
    for step, *facts in history:
        getattr(world, step)(*facts)
    missing, _ = missing_effects(PLANNED, [world.response], world.now, world.needs)
    assert {effect.do for effect in missing[world.id]} == set(world.hear())
    assert world.hear() == []
    wanted = {effect.do for effect in plan(PLANNED, world.response, world.now)}
    assert (world.task == "open") is wants_a_task(PLANNED, world.response)
    assert len(world.items("TASK")) <= 1
    assert "words_to_server" not in wanted or len(world.items("LETTER")) == 1
    for kind, most in (("FOLLOWUP", 1), ("LETTER", 1), ("DELIVERY", 3)):
        assert len(world.items(kind)) <= most
    assert len(world.mailer.sent) <= 1
