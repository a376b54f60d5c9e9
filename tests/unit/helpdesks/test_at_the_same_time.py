"""The same delivery, a hundred times at once."""

import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.helpdesks.delivery_log import DeliveryLog
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_trigger import TakeTriggerNeeds, take_delivery
from chalicelib.invitations.cancel import CancelNeeds
from chalicelib.invitations.hook_ticket import HookTicketStore
from chalicelib.invitations.store import InvitationStore
from tests.support.fakes import FakeTable
from tests.support.inbound import sample
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


def test_a_hundred_deliveries_are_one_invitation() -> None:
    table = SharedTable()
    HookStore(table).add(HOOK)
    needs = TakeTriggerNeeds(
        HookStore(table),
        lambda hook: [TOLD.secret],
        lambda survey: SURVEY,
        DeliveryLog(table),
        lambda source, person: None,
        ask_needs(table),
        CancelNeeds(HookTicketStore(table), InvitationStore(table), lambda attempt: None),
    )

    def take(_: int) -> str:
        return take_delivery(TOLD.desk, HOOK.id, TOLD.delivery(), TOLD.at, needs)[0].id

    with ThreadPoolExecutor(20) as pool:
        ids = set(pool.map(take, range(100)))
    assert len(ids) == 1
    assert sum(item["SK"] == "INVITE" for item in table.items.values()) == 1
    lines = Counter(item["result"] for item in table.items.values() if item["SK"] == "HOOKED")
    assert lines == {"accepted": 1, "duplicate": 99}
