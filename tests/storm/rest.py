"""After a storm: the queues run empty, and an hour and more goes by for what waits."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from chalicelib.aws.table import unpack
from chalicelib.table import Item
from tests.conftest import ROOT, Stack
from tests.storm.world import SURVEY

# Mail is stuck after an hour, an answer after five minutes, and settles in ten.
LATER_MINUTES = 75
PATIENCE_S = 300.0
# The emulator reads the stream once a second.
STREAM_S = 2.5
QUEUES = ("MailQueueUrl", "DeliveriesUrl")
DEAD = ("MailDeadLetters", "DeliveryDeadLetters", "EventDeadLetters", "StreamDeadLetters")
MAILS = ("INVITE", "REMINDER", "FOLLOWUP")


@dataclass
class Rest:
    """`swept` is what the sweep put on its way again, `dead` what lies in each dead-letter
    queue, `moving` the items that still wait. `is_calm`: nothing moved any more."""

    seconds: float = 0
    is_calm: bool = False
    swept: Counter[str] = field(default_factory=Counter)
    dead: dict[str, int] = field(default_factory=dict)
    moving: list[str] = field(default_factory=list)


def rest(stack: Stack) -> Rest:
    """Until nothing moves in two rounds, or the patience is over."""
    found, began, calm = Rest(), time.monotonic(), 0
    is_over = partial(_is_over, began)
    _wait_for_queues(stack, is_over)
    while calm < 2 and not is_over():
        swept = _later(stack)
        found.swept += Counter(swept)
        _wait_for_queues(stack, is_over)
        found.moving = [told for told in map(_moving, stored(stack)) if told]
        calm = 0 if found.moving or swept else calm + 1
    found.seconds, found.is_calm = time.monotonic() - began, calm == 2
    found.dead = {name: _waiting(stack, f"{name}Url") for name in DEAD}
    return found


def _is_over(began: float) -> bool:
    return time.monotonic() - began > PATIENCE_S


def _wait_for_queues(stack: Stack, is_over: Callable[[], bool]) -> None:
    """The stream fills them, and what was mailed comes back by the stream."""
    time.sleep(STREAM_S)
    while any(_waiting(stack, queue) for queue in QUEUES) and not is_over():
        time.sleep(0.5)
    time.sleep(STREAM_S)


def stored(stack: Stack) -> Iterable[Item]:
    pages = stack.aws("dynamodb").get_paginator("scan")
    found = pages.paginate(TableName=stack.outputs["TableName"], ConsistentRead=True)
    return [unpack(raw) for page in found for raw in page["Items"]]


def _later(stack: Stack) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.storm.later", stack.endpoint, str(LATER_MINUTES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    swept = json.loads(done.stdout)
    return dict(swept["found"]) | ({"failed": swept["failed"]} if swept["failed"] else {})


def _waiting(stack: Stack, queue: str) -> int:
    found = stack.aws("sqs").get_queue_attributes(
        QueueUrl=stack.outputs[queue], AttributeNames=["All"]
    )["Attributes"]
    names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    return sum(int(found[name]) for name in names)


def _moving(item: Item) -> str | None:
    if item.get("survey") != SURVEY:
        return None
    mails = item["SK"] in MAILS and item["status"] in ("queued", "waiting")
    settles = item["SK"] == "RESPONSE" and item.get("state") == "settling"
    return f"{item['PK']} {item.get('status') or item.get('state')}" if mails or settles else None
