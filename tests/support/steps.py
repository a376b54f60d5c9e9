"""How many calls of the table follow one another: those that run together are one step."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from chalicelib.aws.table import DynamoTable


class Steps:
    def __init__(self, client: Any) -> None:
        self.taken = 0
        self.calls = 0
        self._events = client.meta.events

    @contextmanager
    def running(self) -> Iterator["Steps"]:
        self._events.register("before-call.dynamodb", self._call)
        try:
            with patch.object(DynamoTable, "together", lambda _, reads: self._together(reads)):
                yield self
        finally:
            self._events.unregister("before-call.dynamodb", self._call)

    def _call(self, **_: Any) -> None:
        self.taken += 1
        self.calls += 1

    def _together(self, reads: Sequence[Callable[[], Any]]) -> list[Any]:
        start, longest, found = self.taken, self.taken, []
        for read in reads:
            self.taken = start
            found.append(read())
            longest = max(longest, self.taken)
        self.taken = longest
        return found
