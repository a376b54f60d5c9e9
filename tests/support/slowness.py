"""A table that is slow and then down, by a simulated clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError


class SlowTable:
    """Every try takes `seconds`. The first `good` ones succeed, the others are not answered."""

    def __init__(self, seconds: float, good: int) -> None:
        self.seconds, self.good, self.now = seconds, good, 0.0

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self, request: Any, **_: Any) -> None:
        self.now += self.seconds
        self.good -= 1
        if self.good < 0:
            raise ReadTimeoutError(endpoint_url=request.url)


@contextmanager
def slow_table(
    client: Any, monkeypatch: pytest.MonkeyPatch, seconds: float, good: int = 0
) -> Iterator[SlowTable]:
    slow, event = SlowTable(seconds, good), "before-send.dynamodb"
    monkeypatch.setattr("chalicelib.deadline.clock", lambda: slow.now)
    monkeypatch.setattr("time.sleep", slow.wait)
    client.meta.events.register_first(event, slow)
    try:
        yield slow
    finally:
        client.meta.events.unregister(event, slow)
