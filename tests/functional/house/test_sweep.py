"""The sweep on DynamoDB as moto plays it: what got stuck is found once and goes on."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

import app
from chalicelib import keys, moments, sent_keys, wiring
from chalicelib.invitations.invitation import Status
from chalicelib.notify.letter import letter_for
from chalicelib.notify.letter_store import LetterStore
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item, Key, Put, Update
from chalicelib.webhooks import wiring as webhooks_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock, due, metrics_of
from tests.support.alarms import resources
from tests.support.answers import NOON, Said
from tests.support.deliveries import WEBHOOK, delivery
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY, stored_invitation
from tests.support.ticket_notes import note_delivery

LONG_AGO = NOON - timedelta(hours=2)


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield Said(heed, clock)


def sweep(left_ms: int = 800_000, **event: object) -> Any:
    return app.sweep(event, Clock(left_ms))


def queued(name: str, **changes: Any) -> Key:
    facts = {"status": Status.QUEUED, "sent_at": None, "asked_day": None, "created_at": LONG_AGO}
    return keys.invitation(stored_invitation(wiring.table(), name, **facts | changes).id)


def later(key: Key, **changes: Any) -> Key:
    """A reminder or a follow-up that was queued two hours ago."""
    times = dict.fromkeys(("created_at", "due_at"), moments.to_text(LONG_AGO))
    made = {"id": keys.id_of(key.pk), "survey": SURVEY.id, "attempts": 0, "status": "queued"}
    wiring.table().write(Put({**key.as_item(), **made, **times, **changes}))
    return key


def item(key: Key) -> Item:
    return wiring.table().get(key) or {}


def test_mail_that_is_queued_for_too_long_is_queued_again_by_the_next_tick(said: Said) -> None:
    stuck = queued("a")
    assert sweep() == {"found": {"invitation": 1}, "failed": 0, "finished": True}
    assert (item(stuck)["status"], "due_shard" in item(stuck)) == ("waiting", True)
    app.tick({}, Clock())
    assert item(stuck)["status"] == "queued"
    assert sweep()["found"] == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"created_at": NOON - timedelta(minutes=50)},
        {"due_at": NOON - timedelta(minutes=50)},
        {"status": Status.SENT},
        {"status": Status.SUPPRESSED},
        {"created_at": NOON - timedelta(days=4)},
    ],
)
def test_what_is_not_late_or_not_to_be_sent_is_left_alone(said: Said, changes: Any) -> None:
    key = queued("a", **changes)
    before = item(key)
    if "due_at" in changes:  # as the tick left it
        wiring.table().write(Update(key, remove=["due_shard"]))
        before = item(key)
    assert sweep()["found"] == {}
    assert item(key) == before


def test_what_is_being_sent_is_left_alone_and_an_old_claim_is_kept(said: Said) -> None:
    sending, given_up = queued("a"), queued("b")
    for key, minutes in ((sending, 1), (given_up, -30)):
        until = moments.to_text(NOON + timedelta(minutes=minutes))
        wiring.table().write(Update(key, set={"claimed_until": until, "attempts": 1}))
    assert sweep()["found"] == {"invitation": 1}
    assert item(sending)["status"] == "queued"
    assert (item(given_up)["status"], item(given_up)["attempts"]) == ("waiting", 1)
    assert item(given_up)["claimed_until"] < moments.to_text(NOON)


def test_what_is_older_is_found_when_somebody_asks(said: Said) -> None:
    queued("a", created_at=NOON - timedelta(days=20))
    assert sweep()["found"] == {}
    assert sweep(days=30)["found"] == {"invitation": 1}


def test_what_a_rule_of_the_bus_left_lying_is_found_within_two_hours(said: Said) -> None:
    hourly = resources()["EveryHour"]["Properties"]["Targets"]
    (told,) = [json.loads(one["Input"]) for one in hourly if one["Id"] == "sweep"]
    queued("a", created_at=NOON - timedelta(minutes=119))
    queued("b", created_at=NOON - timedelta(hours=5))
    said.answer("c", 2)
    said.clock.shift(timedelta(minutes=6))
    assert sweep(**told)["found"] == {"invitation": 1, "task": 1, "follow-up": 1}


def test_a_reminder_and_a_follow_up_go_on_too(said: Said) -> None:
    answer = said.answer("a", 3, created_at=NOON - timedelta(days=9))
    said.put(reminder_days=7)
    stuck = [later(keys.reminder(answer)), later(keys.follow_up(answer))]
    said.clock.shift(timedelta(minutes=6))
    assert sweep()["found"] == {"reminder": 1, "follow-up": 1, "task": 1}
    assert [item(key)["status"] for key in stuck] == ["waiting"] * 2


def test_a_letter_goes_on_too_and_one_that_has_gone_is_not_looked_at(said: Said) -> None:
    letters = LetterStore(wiring.table())
    stuck, gone = (letter_for("digest", team, {}, LONG_AGO) for team in ("a", "b"))
    waits = letter_for("digest", "c", {}, LONG_AGO, due_at=NOON + timedelta(days=9))
    for letter in (stuck, gone, waits):
        letters.add(letter)
    letters.sent(item(sent_keys.letter(gone.id)), "message", NOON)
    assert sweep()["found"] == {"letter": 1}
    states = [item(sent_keys.letter(letter.id))["status"] for letter in (stuck, gone, waits)]
    assert states == ["waiting", "sent", "waiting"]
    app.tick({}, Clock())
    assert item(sent_keys.letter(stuck.id))["status"] == "queued"


def test_a_call_of_a_webhook_goes_on_too(said: Said) -> None:
    webhooks_wiring.webhooks().add(WEBHOOK)
    for name, hours in (("one", 2), ("tried for days", 90), ("fresh", 0)):
        made = delivery(name, created_at=NOON - timedelta(hours=hours))
        webhooks_wiring.delivery_log().add(made)
    assert sweep()["found"] == {"delivery": 2}
    assert item(sent_keys.delivery("one"))["status"] == "waiting"
    assert item(sent_keys.delivery("fresh"))["status"] == "queued"


def test_a_note_for_a_ticket_goes_on_too(said: Said) -> None:
    asked = stored_invitation(wiring.table(), "noted")
    made = note_delivery(asked, NOON - timedelta(hours=2))
    webhooks_wiring.delivery_log().add(made)
    assert sweep()["found"] == {"delivery": 1}
    assert item(sent_keys.delivery(made.id))["status"] == "waiting"


def test_an_unhappy_answer_gets_its_task_and_its_follow_up_once(said: Said) -> None:
    unhappy = [said.answer(name, score) for name, score in (("a", 0), ("b", 6), ("c", 2))]
    said.answer("d", 7)
    said.answer("e", 1, origin="import")
    assert sweep()["found"] == {}, "the consumers may still come"
    said.clock.shift(timedelta(minutes=6))
    assert sweep()["found"] == {"task": 3, "follow-up": 3}
    assert {one["id"] for one in said.heed.items("TASK")} == set(unhappy)
    assert {one["id"] for one in said.heed.items("FOLLOWUP")} == set(unhappy)
    assert tallied(said.heed.stored()) == recounted(said.heed.stored())
    assert sweep()["found"] == {}


def test_an_answer_without_an_address_is_not_found_every_night(said: Said) -> None:
    said.answer("a", 2, email="")
    said.clock.shift(timedelta(minutes=6))
    assert sweep()["found"] == {"task": 1}
    assert sweep()["found"] == {}


def test_what_is_due_for_too_long_is_released(said: Said) -> None:
    due("a", "b")
    said.clock.shift(timedelta(minutes=11))
    assert sweep()["found"] == {"due": 2}
    assert [one["status"] for one in said.heed.items("INVITE")] == ["queued"] * 2


def test_one_that_cannot_be_mended_stops_no_other_and_is_told(
    said: Said, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [said.answer(name, 2) for name in "abc"]
    said.clock.shift(timedelta(minutes=6))
    broken = keys.response(answers[1])
    wiring.table().write(Update(broken, set={"survey": "gone"}))
    capsys.readouterr()
    swept = sweep()
    assert (swept["found"], swept["failed"]) == ({"task": 2, "follow-up": 2}, 1)
    printed = capsys.readouterr().out
    # Once in all, and once by kind.
    assert metrics_of(printed, "Swept") == [[2.0]] * 4
    assert metrics_of(printed, "SweepUnfinished") == [[1.0]]


def test_a_sweep_that_has_no_more_time_goes_on_in_the_next_one(said: Said) -> None:
    for name in ("a-survey", "b-survey"):
        surveys_wiring.surveys().put(replace(SURVEY, id=name))
    stuck = queued("a", survey="a-survey"), queued("b", survey="b-survey")
    assert sweep(left_ms=59_000) == {"found": {}, "failed": 0, "finished": False}
    wiring.table().write(Put({**keys.sweep().as_item(), "survey": "b-survey"}))
    left = iter([800_000, 59_000, 59_000])
    clock = Clock()
    clock.get_remaining_time_in_millis = lambda: next(left)  # type: ignore[method-assign]
    swept = app.sweep({}, clock)
    assert swept == {"found": {"invitation": 1}, "failed": 0, "finished": False}
    assert [item(key)["status"] for key in stuck] == ["queued", "waiting"]
    assert sweep()["found"] == {"invitation": 1}
