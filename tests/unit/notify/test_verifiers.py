"""What docs/webhooks.md tells receivers to do takes what is sent, by the official library."""

import re
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
import time_machine

from infra.paths import ROOT
from tests.support.deliveries import OLDER, SECRET, TASK_FACTS, Calls, Sent, delivery
from tests.support.samples import NOW

Read = Callable[[bytes, Any, str], Any]
DOCS = ROOT / "docs/webhooks.md"


@pytest.fixture
def read_call() -> Read:
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    found: dict[str, Any] = {}
    exec(code, found)
    read: Read = found["read_call"]
    return read


@pytest.fixture
def refusal() -> type[Exception]:
    found: type[Exception] = import_module("standardwebhooks").WebhookVerificationError
    return found


def sent(*secrets: str, at: datetime = NOW) -> Sent:
    calls = Calls()
    calls.secrets = list(secrets)
    calls.log.add(delivery(facts={**TASK_FACTS, "team": "Tøyen “desk” 🎉\n"}))
    calls.deliver(at)
    return calls.transport.sent[0]


@pytest.mark.parametrize("secret", [SECRET, OLDER])
@time_machine.travel(NOW, tick=False)
def test_a_receiver_takes_it_with_either_secret(read_call: Read, secret: str) -> None:
    call = sent(SECRET, OLDER)
    assert read_call(call.body, dict(call.headers), secret)["type"] == "TaskOpened"


@time_machine.travel(NOW, tick=False)
def test_a_receiver_refuses_a_body_that_was_changed(read_call: Read, refusal: Any) -> None:
    call = sent(SECRET)
    with pytest.raises(refusal):
        read_call(call.body + b" ", dict(call.headers), SECRET)


@time_machine.travel(NOW, tick=False)
def test_a_receiver_refuses_a_secret_that_is_gone(read_call: Read, refusal: Any) -> None:
    call = sent(SECRET)
    with pytest.raises(refusal):
        read_call(call.body, dict(call.headers), OLDER)


def test_a_try_of_the_third_day_is_signed_anew(read_call: Read) -> None:
    later = NOW.replace(day=23)
    call = sent(SECRET, at=later)
    with time_machine.travel(later, tick=False):
        read_call(call.body, dict(call.headers), SECRET)
