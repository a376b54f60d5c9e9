"""One tick, without a clock that ends it."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.retry import no_limit
from chalicelib.table import Table
from chalicelib.tasks.change_task import mark_overdue
from chalicelib.tick import TickNeeds, tick
from tests.support.samples import task_needs


def release_due(table: Table, now: datetime, settle: Callable[[str], None]) -> int:
    """Gives how many items were taken. What fails is the test's failure."""
    needs = task_needs(table)
    done = tick(
        now,
        TickNeeds(
            table,
            settle,
            lambda task: mark_overdue(task, now, needs),
            lambda task: None,
            lambda team: None,
            lambda attempt: None,
            no_limit,
        ),
    )
    assert not done.failed + done.unknown
    return done.taken
