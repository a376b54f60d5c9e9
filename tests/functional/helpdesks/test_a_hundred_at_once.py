"""The same delivery a hundred times at once, and again as its tool would send it, on DynamoDB."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from botocore.client import BaseClient

from chalicelib import wiring
from chalicelib.errors import Unavailable
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.take_delivery import take_delivery
from chalicelib.helpdesks.take_trigger import Outcome
from chalicelib.retry import no_limit
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import HOOK, deliver, log_of, outcomes
from tests.support.inbound import Sample, sample, samples
from tests.support.kept_secrets import write_secrets

pytestmark = pytest.mark.usefixtures("_desks")

ASKED = [told for told in samples() if told.result == "accepted"]
# One of each way to tell a delivery from others: by a header, by ids in the body, without a time.
AT_ONCE = {
    "zendesk_trigger_rendered": 100,
    "servicenow_business_rule": 20,
    "freshdesk_simple_wrapped": 20,
}


@pytest.fixture
def _whole_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call is done whole, as by the real table; between calls anything may happen. moto puts
    all tables back when a transaction fails, with what others wrote meanwhile."""
    one_at_a_time, call = threading.Lock(), BaseClient._make_api_call

    def whole(client: BaseClient, name: str, told: dict[str, Any]) -> Any:
        with one_at_a_time:
            return call(client, name, told)

    monkeypatch.setattr(BaseClient, "_make_api_call", whole)


@pytest.mark.usefixtures("_whole_calls")
@pytest.mark.parametrize(("name", "times"), AT_ONCE.items())
def test_many_at_once_are_one_invitation(
    heed: Heed, name: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = sample(name)
    monkeypatch.setattr("chalicelib.wiring.pause", lambda attempt: None)
    write_secrets({HOOK: [told.secret]})
    needs = helpdesks_wiring.take_trigger_needs(no_limit)

    def take(_: int) -> Outcome:
        return take_delivery(told.desk, HOOK, told.delivery(), told.at, needs)[0]

    with time_machine.travel(told.at), ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(take, range(times)))
    (item,) = heed.items("INVITE")
    assert {each.id for each in taken} == {item["id"]}
    assert Counter(each.result for each in taken) == {"accepted": 1, "duplicate": times - 1}
    assert Counter(line["result"] for line in heed.items("HOOKED")) == {
        "accepted": 1,
        "duplicate": times - 1,
    }


@pytest.mark.parametrize("told", ASKED, ids=lambda told: told.name)
def test_a_tool_that_tries_again_after_our_fault_is_taken_once(
    heed: Heed, told: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 twice, the second time after the write was done; then the same until it is 2xx."""
    table = wiring.table()
    transact = table.transact

    def lost(writes: object) -> None:
        transact(writes)  # type: ignore[arg-type]
        raise Unavailable

    def never(writes: object) -> None:
        raise Unavailable

    monkeypatch.setattr("chalicelib.wiring.pause", lambda attempt: None)
    monkeypatch.setattr("chalicelib.retry.TRIES", 1)
    for fails in (never, lost):
        with monkeypatch.context() as patch:
            patch.setattr(table, "transact", fails)
            answer = deliver(heed, told)
        assert answer.status_code in (503, 202, 200)
        assert answer.status_code != 503 or answer.headers["Retry-After"] == "30"
    for _ in range(2):
        answer = deliver(heed, told)
        assert answer.status_code in (200, 202)
    (item,) = heed.items("INVITE")
    if answer.status_code == 202:
        assert outcomes(answer)[0]["id"] == item["id"]
    assert {line.result for line in log_of(told)} == {"accepted", "duplicate"}
