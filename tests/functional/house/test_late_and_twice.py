"""Events come late, twice, in any order, or make no sense: what is stored decides."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from botocore.exceptions import ClientError

import app
from chalicelib import moments, wiring
from chalicelib.aws.clients import client
from chalicelib.invitations.invitation import Status
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.alarms import alarms, rings
from tests.support.answers import NOON, Said
from tests.support.samples import stored_invitation

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUEUED = {"status": Status.QUEUED, "sent_at": None, "asked_day": None}


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Said(heed, clock)


def tell(response: str, times: int = 1) -> None:
    for _ in range(times):
        app.plan_effects({"detail": {"id": "event", "response": response}}, Clock())


def change_to(score: int, response: str) -> None:
    now = moments.now()
    needs = responses_wiring.record_needs()
    record_response(response, Answer(score), new_operation(now), "UTC", now, needs)


def test_the_same_event_twice_is_one_task_and_one_follow_up(said: Said) -> None:
    tell(said.answer("a", 2), times=3)
    assert len(said.heed.items("TASK")) == len(said.heed.items("FOLLOWUP")) == 1


def test_an_old_event_of_an_answer_that_improved_asks_for_nothing(said: Said) -> None:
    answer = said.answer("a", 2)
    change_to(9, answer)
    tell(answer)
    assert said.heed.items("TASK") == said.heed.items("FOLLOWUP") == []


def test_an_event_that_comes_after_its_task_was_closed_opens_nothing(said: Said) -> None:
    answer = said.answer("a", 2)
    tell(answer)
    said.heed.call("PATCH", f"/v1/tasks/{answer}", {"state": "closed", "cause": "Wi-Fi"})
    tell(answer)
    assert [task["state"] for task in said.heed.items("TASK")] == ["closed"]


@pytest.mark.parametrize(("late", "overdue"), [(23 * HOUR, False), (25 * HOUR, True)])
def test_a_late_event_still_opens_its_task_due_as_from_the_answer(
    said: Said, late: timedelta, overdue: bool
) -> None:
    answer = said.answer("a", 2)
    answered = moments.now()
    said.clock.shift(late)
    tell(answer)
    app.tick({}, Clock())
    (task,) = said.heed.items("TASK")
    assert task["due_at"] == moments.to_text(answered + DAY)
    assert bool(task.get("overdue")) is overdue


@pytest.mark.parametrize(("days", "mails"), [(0.9, 1), (1.1, 0), (30, 0)])
def test_an_answer_that_is_old_gets_its_task_and_no_mail(
    said: Said, days: float, mails: int
) -> None:
    tell_later = said.answer("a", 2)
    said.clock.shift(timedelta(days=days))
    tell(tell_later)
    assert len(said.heed.items("TASK")) == 1
    assert len(said.heed.items("FOLLOWUP")) == mails


def mail(name: str, kind: str = "InvitationQueued") -> dict[str, Any]:
    made = stored_invitation(wiring.table(), name, expires_at=moments.now() + DAY, **QUEUED).id
    return {"detail-type": kind, "detail": {"id": "event", "invitation": made}}


def deliver(*events: Any) -> list[str]:
    """Gives the places of those that go back to the queue."""
    records = [
        {"messageId": str(place), "body": json.dumps(event), "eventSource": "aws:sqs"}
        for place, event in enumerate(events)
    ]
    answer = app.send_mail({"Records": records}, Clock())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def states(heed: Heed) -> list[str]:
    return sorted(item["status"] for item in heed.items("INVITE"))


@pytest.mark.parametrize(
    "poison",
    [
        {"detail-type": "OfALaterRelease", "detail": {"id": "event", "invitation": "x"}},
        {"detail-type": "InvitationQueued", "detail": {"id": "event"}},
        {"detail-type": "InvitationQueued"},
        "no object",
        None,
    ],
)
def test_a_message_that_makes_no_sense_goes_back_alone(heed: Heed, poison: Any) -> None:
    assert deliver(mail("a"), poison, mail("b")) == ["1"]
    assert states(heed) == ["sent", "sent"]


def test_a_mail_that_the_service_refuses_stops_no_other_and_says_why(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_once(monkeypatch, "MessageRejected", "Email contains a virus.")
    assert deliver(mail("a"), mail("b")) == []
    assert states(heed) == ["sent", "suppressed"]
    assert [one.get("reason") for one in heed.items("INVITE") if one["status"] != "sent"] == [
        "mail_refused"
    ]


@pytest.mark.parametrize(
    ("code", "message", "wait"),
    [
        ("Throttling", "Maximum sending rate exceeded.", timedelta(minutes=1)),
        ("Throttling", "Daily message quota exceeded.", HOUR),
        ("AccountSendingPausedException", "Paused.", HOUR),
        ("ConfigurationSetDoesNotExist", "No such set.", HOUR),
    ],
)
def test_what_is_not_taken_waits_and_rings_and_is_sent_later(
    said: Said, monkeypatch: pytest.MonkeyPatch, capsys: Any, code: str, message: str, wait: Any
) -> None:
    refuse_once(monkeypatch, code, message)
    event = mail("a")
    assert deliver(event) == []
    (waiting,) = said.heed.items("INVITE")
    assert (waiting["status"], waiting["due_at"]) == (
        "waiting",
        moments.to_text(moments.now() + wait),
    )
    assert rings(alarms()["MailFailures"], capsys.readouterr().out)
    said.clock.shift(wait)
    app.tick({}, Clock())
    deliver(event)
    assert states(said.heed) == ["sent"]


def refuse_once(monkeypatch: pytest.MonkeyPatch, code: str, message: str) -> None:
    service, left = client("ses"), [1]
    taken = service.send_raw_email

    def send(**said: Any) -> Any:
        if left:
            left.pop()
            raise ClientError({"Error": {"Code": code, "Message": message}}, "SendRawEmail")
        return taken(**said)

    monkeypatch.setattr(service, "send_raw_email", send)
