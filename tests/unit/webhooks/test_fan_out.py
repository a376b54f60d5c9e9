"""An event becomes a delivery for each webhook that wants it, once."""

import random
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.events import EVENTS
from chalicelib.webhooks.fan_out import CHOICE, FanOutNeeds, fan_out
from chalicelib.webhooks.webhook import Off
from tests.support.alarms import resources
from tests.support.deliveries import TASK_FACTS, WEBHOOK, Calls
from tests.support.samples import NOW, SURVEY

OPENED = {"id": "event", "version": 1, "occurred_at": "then", "survey": SURVEY.id, **TASK_FACTS}
RECORDED = {
    "id": "event",
    "version": 1,
    "occurred_at": "then",
    "survey": SURVEY.id,
    "response": "one",
    "score": 2,
    "band": "detractor",
    "segments": ["group=Network"],
}
# Why a webhook cannot have them.
OF_OUR_OWN = {
    **dict.fromkeys(
        ("InvitationQueued", "ReminderQueued", "FollowUpQueued", "LetterQueued"), "drives our mail"
    ),
    "DeliveryQueued": "drives our calls",
    **dict.fromkeys(("ClosingWritten", "TaskHandedOn", "TaskResumed"), "drives our letters"),
    **dict.fromkeys(
        ("InvitationSent", "InvitationSuppressed", "InvitationCancelled"), "nobody answered"
    ),
    **dict.fromkeys(("PersonUnsubscribed", "MailBounced", "MailComplained"), "names a person"),
}


class World(Calls):
    def tell(self, event: str, detail: dict[str, Any]) -> int:
        needs = FanOutNeeds(self.webhooks.every, self.log, lambda attempt: None)
        return fan_out(event, detail, NOW, needs)

    @property
    def made(self) -> list[dict[str, Any]]:
        return [item for item in self.table.items.values() if item["SK"] == "DELIVERY"]


@pytest.fixture
def world() -> World:
    return World()


def test_an_event_twice_is_one_delivery(world: World) -> None:
    assert world.tell("TaskOpened", OPENED) == world.tell("TaskOpened", OPENED) == 1
    (made,) = world.made
    assert (made["to"], made["event"], made["status"]) == (WEBHOOK.id, "TaskOpened", "queued")
    assert made["facts"] == {"survey": SURVEY.id, **TASK_FACTS}


def test_a_storm_of_events_that_come_twice_and_in_any_order_is_one_call_for_each(
    world: World,
) -> None:
    events = [{**OPENED, "id": f"event {number}"} for number in range(500)] * 2
    random.Random(7).shuffle(events)
    for detail in events:
        world.tell("TaskOpened", detail)
    for name in [made["id"] for made in world.made] * 2:
        world.deliver(name=name)
    called = [sent.headers["webhook-id"] for sent in world.transport.sent]
    assert len(called) == len(set(called)) == 500


def test_each_webhook_has_its_own(world: World) -> None:
    world.webhooks.add(replace(WEBHOOK, id="other"))
    world.tell("TaskOpened", OPENED)
    assert len({made["id"] for made in world.made}) == 2


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"events": frozenset({"TaskClosed"})}, 0),
        ({"surveys": frozenset({"other"})}, 0),
        ({"surveys": frozenset({SURVEY.id, "other"})}, 1),
        ({"surveys": frozenset()}, 0),
    ],
)
def test_a_webhook_hears_what_it_chose(changes: dict[str, Any], wanted: int) -> None:
    world = World(replace(WEBHOOK, **changes))
    assert world.tell("TaskOpened", OPENED) == len(world.made) == wanted


def test_of_an_answer_only_its_ids_wait(world: World) -> None:
    world.tell("ResponseRecorded", RECORDED)
    (made,) = world.made
    assert made["facts"] == {"response": "one", "survey": SURVEY.id}
    assert "detractor" not in str(made)


def test_what_a_webhook_misses_while_it_is_off_is_written_down() -> None:
    world = World(replace(WEBHOOK, off=Off.FAILED))
    world.tell("TaskOpened", OPENED)
    (made,) = world.made
    assert (made["status"], made["reason"]) == ("suppressed", "webhook_off")


def test_every_event_can_be_chosen_or_is_of_our_own() -> None:
    names = {event.__name__ for event in EVENTS}
    assert names == {*CHOICE, *OF_OUR_OWN}
    assert set(CHOICE).isdisjoint(OF_OUR_OWN)


def test_every_event_that_can_be_chosen_names_a_survey_and_reaches_the_queue() -> None:
    by_name = {event.__name__: event for event in EVENTS}
    assert all("survey" in by_name[name].model_fields for name in CHOICE)
    pattern = resources()["EventsToTell"]["Properties"]["EventPattern"]
    assert pattern == {"detail-type": list(CHOICE)}
