"""What failed in five ticks is set aside: it stays as it is, and no tick tries it again
before somebody has looked. docs/operations.md says how it comes back."""

from collections.abc import Iterator
from typing import Final

from chalicelib import keys
from chalicelib.errors import WriteRefused
from chalicelib.table import Item, Key, Query, Table, Update, key_of, one_by_one

MOST_FAILURES: Final = 5
MARKS: Final = ("failures", "failed_by")


def note_failure(table: Table, due: Item, error: BaseException) -> bool:
    """Gives whether the item is now set aside. Raises as the table: what cannot be noted is
    not counted, so a table that is down sets nothing aside."""
    key = Key(due["PK"], due["SK"])
    failures = (table.get(key) or {}).get("failures", 0) + 1
    is_last: bool = failures >= MOST_FAILURES
    marks = {"failures": failures, "failed_by": type(error).__name__}
    to = {"due_shard": keys.SET_ASIDE} if is_last else {}
    try:
        table.write(Update(key, set=marks | to, when=_as_read(due)))
    except WriteRefused:
        return False  # somebody took it or put it off
    return is_last


def set_aside(table: Table) -> Iterator[Item]:
    """The items in full, the one that is due longest first."""
    for listed in one_by_one(table, Query(keys.SET_ASIDE, index="due")):
        item = table.get(Key(listed["PK"], listed["SK"]))
        if item and item.get("due_shard") == keys.SET_ASIDE:
            yield item


def count_set_aside(table: Table) -> int:
    """As many as one page holds: thousands."""
    return len(table.query(Query(keys.SET_ASIDE, index="due")).items)


def bring_back(table: Table, item: Item) -> bool:
    """To the next tick, which has five tries again. Gives False when it moved meanwhile."""
    shard = keys.due_shard(keys.id_of(item["PK"]))
    back = Update(
        key_of(item),
        set={"due_shard": shard},
        remove=MARKS,
        when=_as_read(item),
    )
    try:
        table.write(back)
    except WriteRefused:
        return False
    return True


def _as_read(item: Item) -> Item:
    return {name: item[name] for name in ("due_shard", "due_at")}
