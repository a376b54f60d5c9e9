"""Releases what is due, once a minute. A tick only changes items; the stream makes the events. A
late tick does its work late and loses none."""

from collections.abc import Callable, Iterable
from datetime import datetime

from chalicelib import keys, moments
from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import QUEUE
from chalicelib.logs import logger
from chalicelib.table import Item, Key, Query, Table, Update, every

BECOMES: dict[str, Item] = {
    "INVITE": QUEUE.set,
    "FOLLOWUP": QUEUE.set,
    "REMINDER": QUEUE.set,
    "TASK": {"overdue": True},
}
Settle = Callable[[str], None]


def run_tick() -> None:
    """Safe to run twice: each item is taken by a conditional write."""
    from chalicelib import wiring
    from chalicelib.responses import wiring as responses_wiring

    now = moments.now()
    taken = release_due(
        wiring.table(), now, lambda response: responses_wiring.settle(response, now)
    )
    logger().info("tick", extra={"taken": taken})


def release_due(table: Table, now: datetime, settle: Settle) -> int:
    """Gives how many items were taken. `settle` brings a response up to date."""
    return sum(_release(table, item, settle) for item in _due(table, now))


def _due(table: Table, now: datetime) -> Iterable[Item]:
    for shard in range(keys.DUE_SHARDS):
        yield from every(table, Query(str(shard), index="due", highest=moments.to_text(now)))


def _release(table: Table, item: Item, settle: Settle) -> bool:
    if item["SK"] == "RESPONSE":
        settle(item["PK"].partition("#")[2])
        return True
    # Only `due_shard` is removed: that takes the item out of the index, and `due_at` can still be
    # read. The condition fails when another tick took the item, or when it was postponed.
    change = BECOMES[item["SK"]]
    write = Update(
        Key(item["PK"], item["SK"]),
        set=change,
        remove=["due_shard"],
        when={"due_shard": item["due_shard"], "due_at": item["due_at"]},
    )
    try:
        table.write(write)
    except WriteRefused:
        return False
    return True
