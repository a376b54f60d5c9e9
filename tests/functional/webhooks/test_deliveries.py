"""What was sent to a webhook: told, listed, sent again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

import app
from chalicelib import moments
from chalicelib.notify.transport import Answer, Transport, TransportError
from chalicelib.webhooks import wiring as webhooks_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.answers import NOON
from tests.support.deliveries import TASK_FACTS, WEBHOOK, delivery
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.webhooks import queue, stored_webhook

PATH = f"/v1/webhooks/{WEBHOOK.id}"
OPENED = {"survey": SURVEY.id, "occurred_at": "2026-11-20T12:00:00.000Z", **TASK_FACTS}


class Receiver:
    def __init__(self) -> None:
        self.says: list[Any] = [200]
        self.heard: list[str] = []

    def post(self, url: str, body: bytes, headers: Any, method: str) -> Answer:
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        self.heard.append(headers["webhook-id"])
        if said >= 300:
            raise TransportError("refused", said, permanent=said == 410)
        return Answer(said, b"a secret of the receiver")


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    made = Receiver()
    monkeypatch.setattr(Transport, "post", lambda _, *args: made.post(*args))
    return made


@pytest.fixture
def told(desk: Heed) -> Iterator[Heed]:
    """At noon, with a webhook."""
    stored_webhook()
    with time_machine.travel(NOON, tick=False):
        yield desk


def tell(event: str) -> str:
    """An event of this id, until its delivery was tried once. Gives the delivery's id."""
    before = set(ids())
    queue("TaskOpened", **{**OPENED, "id": event})
    (made,) = set(ids()) - before
    queue("DeliveryQueued", delivery=made)
    return made


def ids() -> list[str]:
    found, _ = webhooks_wiring.delivery_log().page(WEBHOOK.id, 100, None)
    return [one.id for one in found]


def listed(heed: Heed) -> list[Any]:
    items: list[Any] = heed.call("GET", f"{PATH}/deliveries").json_body["items"]
    return items


def replay(heed: Heed, **body: Any) -> Any:
    answer = heed.call("POST", f"{PATH}/deliveries/replays", body)
    assert answer.status_code == 202, answer.body
    app.tick({}, Clock())
    return answer.json_body


def test_the_log_tells_what_was_sent_and_how_it_went(told: Heed, receiver: Receiver) -> None:
    made = tell("one")
    (shown,) = listed(told)
    assert shown == {
        "id": made,
        "event": "TaskOpened",
        "survey": SURVEY.id,
        "state": "sent",
        "created_at": "2026-11-20T12:00:00.000Z",
        "tries": 1,
        "last_at": "2026-11-20T12:00:00.000Z",
        "next_at": None,
        "status": 200,
        "reason": None,
    }
    assert receiver.heard == [made]


def test_the_log_does_not_show_what_the_receiver_said(told: Heed, receiver: Receiver) -> None:
    tell("one")
    answer = told.call("GET", f"{PATH}/deliveries")
    assert "a secret of the receiver" not in answer.body.decode() + str(told.stored())


def test_what_waits_says_until_when(told: Heed, receiver: Receiver) -> None:
    receiver.says = [503]
    tell("one")
    (shown,) = listed(told)
    assert (shown["state"], shown["status"], shown["reason"]) == ("waiting", 503, "refused")
    assert shown["next_at"] > shown["last_at"]


def test_the_log_comes_in_pages_the_newest_first(told: Heed) -> None:
    for number in range(3):
        made = delivery(f"d{number}", created_at=NOON + timedelta(minutes=number))
        webhooks_wiring.delivery_log().add(made)
    first = told.call("GET", f"{PATH}/deliveries?limit=2").json_body
    second = told.call("GET", f"{PATH}/deliveries?limit=2&cursor={first['next']}").json_body
    assert [one["id"] for one in (*first["items"], *second["items"])] == ["d2", "d1", "d0"]


def test_a_test_goes_the_way_of_an_event(told: Heed, receiver: Receiver) -> None:
    answer = told.call("POST", f"{PATH}/test")
    assert answer.status_code == 202
    queue("DeliveryQueued", delivery=answer.json_body["delivery"])
    assert receiver.heard == [answer.json_body["delivery"]]
    assert listed(told)[0]["event"] == "WebhookTested"


def test_one_is_sent_again_with_the_same_id(told: Heed, receiver: Receiver) -> None:
    made = tell("one")
    assert replay(told, delivery=made) == {"deliveries": 1, "next": None}
    queue("DeliveryQueued", delivery=made)
    assert receiver.heard == [made, made]
    assert listed(told)[0]["state"] == "sent"


@pytest.mark.parametrize(("also", "count"), [({}, 1), ({"delivered": True}, 2)])
def test_since_a_time_what_was_in_vain_is_sent_again_or_all(
    told: Heed, receiver: Receiver, also: Any, count: int
) -> None:
    tell("one")
    receiver.says = [410]
    tell("two")
    told.call("PATCH", PATH, {"enabled": True})
    since = moments.to_text(NOON)
    assert replay(told, since=since, **also)["deliveries"] == count
    assert replay(told, since=since, **also)["deliveries"] == 0, "they are on their way"
    assert replay(told, since=moments.to_text(NOON + timedelta(hours=1)))["deliveries"] == 0


def test_what_was_missed_while_it_was_off_can_be_sent(told: Heed, receiver: Receiver) -> None:
    told.call("PATCH", PATH, {"enabled": False})
    made = tell("one")
    assert listed(told)[0]["reason"] == "webhook_off"
    told.call("PATCH", PATH, {"enabled": True})
    assert replay(told, since=moments.to_text(NOON))["deliveries"] == 1
    queue("DeliveryQueued", delivery=made)
    assert receiver.heard == [made]


def test_a_delivery_of_another_webhook_is_not_found(told: Heed) -> None:
    stored_webhook(id="other")
    webhooks_wiring.delivery_log().add(delivery("a" * 26, to="other"))
    answer = told.call("POST", f"{PATH}/deliveries/replays", {"delivery": "a" * 26})
    assert problem(answer)[0] == 404


@pytest.mark.parametrize("body", [{}, {"since": "2026-11-20T00:00:00Z", "delivery": "a" * 26}])
def test_a_replay_names_one_or_a_time(told: Heed, body: Any) -> None:
    assert told.call("POST", f"{PATH}/deliveries/replays", body).status_code == 422
