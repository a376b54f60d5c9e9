"""A delivery, from the queue to what became of it."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import asdict

from chalicelib.claims import NoTimeLeft, StillClaimed
from chalicelib.errors import OutcomeUnknown, WriteConflict
from chalicelib.notify.calls.deliver import Outcome
from chalicelib.notify.transport import TransportError
from chalicelib.table import Update, key_of
from chalicelib.webhooks.webhook import Off
from tests.support.deliveries import MINUTE, WEBHOOK, BrokenOff, Calls, delivery
from tests.support.samples import NOW


@pytest.fixture
def calls() -> Calls:
    made = Calls()
    made.log.add(delivery())
    return made


def test_what_is_taken_is_sent_once(calls: Calls) -> None:
    assert calls.deliver() is Outcome.SENT
    assert calls.deliver() is Outcome.SETTLED
    assert len(calls.transport.sent) == 1
    assert (calls.item()["answer"], calls.item()["attempts"]) == (200, 1)


def test_the_same_event_twice_is_one_delivery(calls: Calls) -> None:
    assert calls.log.add(delivery()) is False


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 503])
def test_what_is_refused_waits_for_another_try(calls: Calls, status: int) -> None:
    calls.say(status)
    assert calls.deliver() is Outcome.POSTPONED
    item = calls.item()
    assert (item["status"], item["answer"], item["reason"]) == ("waiting", status, "refused")
    assert item["due_at"] > "2026-11-20T13:45:10"


def test_a_receiver_that_is_down_hears_it_for_three_days(calls: Calls) -> None:
    calls.say(500)
    tried = calls.run_for(days=9)
    assert len(tried) == 10
    assert tried[-1] - tried[0] == timedelta(days=3)
    assert calls.item()["status"] == "failed"
    assert len({sent.headers["webhook-id"] for sent in calls.transport.sent}) == 1


def test_it_is_sent_when_the_receiver_is_up_again(calls: Calls) -> None:
    calls.say(TransportError("timeout"), 500, 204)
    assert len(calls.run_for(days=9)) == 3
    assert (calls.item()["status"], calls.item()["answer"]) == ("sent", 204)
    assert "reason" not in calls.item()
    assert calls.webhook().failing_since is None


def test_a_wished_pause_is_kept(calls: Calls) -> None:
    calls.say(TransportError("refused", 429, retry_after=7200), 200)
    first, second = calls.run_for(days=1)
    assert second - first == timedelta(hours=2)


def test_the_others_wait_in_that_pause_and_lose_no_try(calls: Calls) -> None:
    calls.log.add(delivery("two"))
    calls.say(TransportError("refused", 429, retry_after=7200))
    calls.deliver()
    assert calls.deliver(name="two") is Outcome.POSTPONED
    assert len(calls.transport.sent) == 1
    assert calls.item("two")["attempts"] == 0
    assert calls.item("two")["due_at"] == "2026-11-20T15:45:10.000Z"


def test_a_slow_receiver_holds_up_one_call_and_not_each(calls: Calls) -> None:
    for name in ("two", "three"):
        calls.log.add(delivery(name))
    calls.say(TransportError("timeout"))
    for name in ("one", "two", "three"):
        calls.deliver(name=name)
    assert len(calls.transport.sent) == 1


def test_a_refused_address_ends_the_delivery(calls: Calls) -> None:
    calls.say(TransportError("address_not_public", permanent=True))
    assert calls.deliver() is Outcome.FAILED
    assert calls.item()["reason"] == "address_not_public"


def test_who_is_gone_is_turned_off_at_once(calls: Calls) -> None:
    calls.log.add(delivery("two"))
    calls.say(410)
    assert calls.deliver() is Outcome.FAILED
    assert calls.webhook().off is Off.GONE
    assert calls.deliver(name="two") is Outcome.SUPPRESSED
    assert calls.item("two")["reason"] == "webhook_off"
    assert len(calls.transport.sent) == 1


def fail(calls: Calls, now: datetime) -> None:
    name = f"at {now}"
    calls.log.add(delivery(name, created_at=now))
    calls.deliver(now, name)


def test_who_takes_nothing_for_five_days_is_turned_off(calls: Calls) -> None:
    calls.say(500)
    for day in range(5):
        fail(calls, NOW + timedelta(days=day))
    assert calls.webhook().off is None
    assert calls.webhook().failing_since == NOW
    fail(calls, NOW + timedelta(days=5))
    assert calls.webhook().off is Off.FAILED


def test_one_success_begins_the_five_days_anew(calls: Calls) -> None:
    calls.say(500)
    fail(calls, NOW)
    calls.say(200)
    fail(calls, NOW + timedelta(days=3))
    calls.say(500)
    fail(calls, NOW + timedelta(days=6))
    assert calls.webhook().off is None
    assert calls.webhook().failing_since == NOW + timedelta(days=6)


def test_a_run_that_broke_off_is_repeated_with_the_same_id(calls: Calls) -> None:
    calls.say(BrokenOff(), 200)
    with pytest.raises(BrokenOff):
        calls.deliver()
    with pytest.raises(StillClaimed):
        calls.deliver(NOW + MINUTE)
    assert calls.deliver(NOW + 3 * MINUTE) is Outcome.SENT
    first, second = (sent.headers["webhook-id"] for sent in calls.transport.sent)
    assert first == second == "one"


@pytest.mark.parametrize("status", [200, 500])
def test_a_note_that_meets_a_throttle_is_written_again_and_not_the_call(
    calls: Calls, status: int
) -> None:
    calls.webhooks.note_failure(calls.webhook(), NOW, None)
    calls.say(status)
    lost = [OutcomeUnknown(), WriteConflict()]

    def throttled(operation: str) -> None:
        if operation == "write" and calls.transport.sent and lost:
            raise lost.pop()

    calls.table.before = throttled
    assert calls.deliver() is (Outcome.SENT if status == 200 else Outcome.POSTPONED)
    assert (len(calls.transport.sent), lost) == (1, [])


def test_a_call_that_might_be_cut_off_does_not_begin(calls: Calls) -> None:
    late = calls.needs.__class__(**{**asdict(calls.needs), "time_left": lambda: 5.0})
    calls.needs = late
    with pytest.raises(NoTimeLeft):
        calls.deliver()
    assert calls.item()["attempts"] == 0


def test_a_webhook_that_was_deleted_is_not_called(calls: Calls) -> None:
    calls.webhooks.delete(WEBHOOK.id)
    assert calls.deliver() is Outcome.SUPPRESSED
    assert calls.item()["reason"] == "webhook_deleted"


def test_an_answer_that_was_erased_is_not_told(calls: Calls) -> None:
    calls.log.add(delivery("two", event="ResponseRecorded", facts={"response": "gone"}))
    assert calls.deliver(name="two") is Outcome.SUPPRESSED
    assert (calls.item("two")["reason"], calls.transport.sent) == ("erased", [])


def test_a_delivery_that_another_run_takes_meanwhile_is_left_to_it(calls: Calls) -> None:
    key = calls.item()

    def another(operation: str) -> None:
        calls.table.before = lambda operation: None
        calls.table.write(Update(key_of(key), add={"attempts": 1}))

    def first_write(operation: str) -> None:
        if operation == "write":
            another(operation)

    calls.table.before = first_write
    with pytest.raises(StillClaimed):
        calls.deliver()
    assert calls.transport.sent == []
