"""The same delivery, a hundred times at once."""

import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.helpdesks.delivery_log import DeliveryLog
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_delivery import take_delivery
from chalicelib.helpdesks.take_trigger import Outcome, TakeTriggerNeeds
from chalicelib.invitations.cancel import CancelNeeds
from chalicelib.invitations.hook_ticket import HookTicketStore
from chalicelib.invitations.store import InvitationStore
from chalicelib.surveys.definition import Survey
from tests.support.fakes import FakeTable
from tests.support.inbound import Sample, resigned, sample
from tests.support.samples import SURVEY, ask_needs

TOLD = sample("zammad_default_ticket_closed")
HOOK = Hook(TOLD.source, "hook", SURVEY.id)


class SharedTable(FakeTable):
    """Each call is done whole, as the real one does; between calls anything may happen."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def query(self, query: Any) -> Any:
        with self._lock:
            return super().query(query)

    def _apply(self, writes: Sequence[Any], operation: str) -> Any:
        with self._lock:
            return super()._apply(writes, operation)


@pytest.fixture(autouse=True)
def _hurry() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def needs_of(table: FakeTable, survey: Survey = SURVEY) -> TakeTriggerNeeds:
    return TakeTriggerNeeds(
        HookStore(table),
        lambda hook: [TOLD.secret],
        lambda hook_id: [],
        lambda hook_id: [],
        lambda _: survey,
        DeliveryLog(table),
        lambda source, person: None,
        ask_needs(table),
        CancelNeeds(HookTicketStore(table), InvitationStore(table), lambda attempt: None),
    )


def a_hundred(told: Sample, at: datetime, needs: TakeTriggerNeeds) -> list[Outcome]:
    def take(_: int) -> Outcome:
        return take_delivery(told.desk, HOOK.id, told.delivery(), at, needs)[0]

    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(take, range(100)))


def test_a_hundred_deliveries_are_one_invitation() -> None:
    table = SharedTable()
    HookStore(table).add(HOOK)
    told = a_hundred(TOLD, TOLD.at, needs_of(table))
    assert len({each.id for each in told}) == 1
    assert sum(item["SK"] == "INVITE" for item in table.items.values()) == 1
    lines = Counter(item["result"] for item in table.items.values() if item["SK"] == "HOOKED")
    assert lines == {"accepted": 1, "duplicate": 99}


def changed(minutes: int, state: str) -> tuple[Sample, datetime]:
    """The same ticket later on, in that state."""
    at = TOLD.at + timedelta(minutes=minutes)
    raw = TOLD.raw.replace(b'"state":"closed"', f'"state":"{state}"'.encode(), 1)
    raw = raw.replace(b'"updated_at":"2026-11-20T13:45:09.333Z"', _written("updated_at", at))
    raw = raw.replace(b'"close_at"', _written("last_close_at", at) + b',"close_at"')
    told = replace(TOLD, headers={**TOLD.headers, "x-zammad-delivery": f"{minutes}"})
    return resigned(told, raw), at


def _written(name: str, at: datetime) -> bytes:
    return f'"{name}":"{at:%Y-%m-%dT%H:%M:%S}.000Z"'.encode()


@pytest.mark.parametrize("remembered", [[], [TOLD.secret]])
@pytest.mark.parametrize(
    ("sent", "told"), [(True, "sent_already"), (False, "invitation_cancelled")]
)
def test_a_hundred_reopenings_and_resolutions_are_one(
    sent: bool, told: str, remembered: list[str]
) -> None:
    table = SharedTable()
    HookStore(table).add(HOOK)
    every_time = replace(SURVEY, delay_minutes=60, throttle_days=0)
    needs = replace(needs_of(table, every_time), remembered_secrets=lambda hook_id: remembered)
    a_hundred(TOLD, TOLD.at, needs)
    for item in table.items.values():
        if item["SK"] == "INVITE" and sent:
            item |= {"status": "sent", "asked_day": "2026-11-20", "attempts": 1}
    assert {each.reason for each in a_hundred(*changed(5, "open"), needs)} == {told}
    again = a_hundred(*changed(10, "closed"), needs)
    assert {each.reason for each in again} <= {"thanked", "", "taken_before"}
    states = [item["status"] for item in table.items.values() if item["SK"] == "INVITE"]
    assert sorted(states) == (["sent"] if sent else ["cancelled", "waiting"])
