"""Many write one answer at the same moment, in threads of one machine."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Lock
from typing import Any

from chalicelib import keys
from chalicelib.errors import Unavailable
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.support.fakes import FakeTable
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import NOW, recording, stored_invitation

MANY = 50


class LockedTable(FakeTable):
    """A write of it is one, as DynamoDB's."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()

    def _apply(self, *told: Any) -> Any:
        with self._lock:
            return super()._apply(*told)


class World:
    def __init__(self) -> None:
        self.table = LockedTable()
        self.id = stored_invitation(self.table).id
        self.together = Barrier(MANY, timeout=30)

    def answer(self, score: int, operation: str, second: int) -> int:
        now = NOW + timedelta(seconds=second)
        self.together.wait()
        with suppress(Unavailable):
            needs = recording(self.table)
            record_response(self.id, Answer(score), operation, "UTC", now, needs)
            return 1
        return 0

    def post(self, operations: list[str]) -> int:
        """Gives how many were told that their answer is taken."""
        with ThreadPoolExecutor(MANY) as pool:
            scores = [place % 11 for place in range(MANY)]
            return sum(pool.map(self.answer, scores, operations, range(MANY)))

    @property
    def version(self) -> int:
        items = self.table.items.values()
        assert tallied(items) == recounted(items)
        assert contradictions(list(items)) == []
        return int(self.table.items[keys.response(self.id)]["version"])


def test_fifty_changes_at_once_are_each_applied_or_told_to_have_failed() -> None:
    world = World()
    taken = world.post([new_operation(NOW) for _ in range(MANY)])
    assert world.version <= taken
    assert taken > 0


def test_one_form_fifty_times_at_once_is_one_answer() -> None:
    world = World()
    assert world.post(["the operation"] * MANY) == MANY
    assert world.version == 1
