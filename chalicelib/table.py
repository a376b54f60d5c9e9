"""What a store may ask of the table. aws/table.py is DynamoDB; tests bring a fake.

A `Condition` maps an attribute to the value it must have, to ABSENT, or to Below. There is no
other condition. So the outcome of a race is always clear: the item is still as it was read, or
not; a place was left in it, or not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar

from msgspec import Struct, field

from chalicelib.errors import Conflict, FieldError, NotFound, WriteRefused

Item = dict[str, Any]
T = TypeVar("T")
Condition = Mapping[str, Any]

ABSENT: Final = object()
MOST_KEYS: Final = 100  # of one BatchGetItem
MOST_WRITES: Final = 100  # of one transaction
IF_NEW: Final[Condition] = {"PK": ABSENT}


class Below(Struct, frozen=True):
    """In a condition: the number is smaller, or absent."""

    limit: int


def known_of(kind: type[Struct], stored: Item) -> Item:
    """What a struct knows of what is stored. A newer release may have added to it, and its
    items are read by this one while a deploy goes on, or after it was taken back."""
    return {name: stored[name] for name in stored.keys() & set(kind.__struct_fields__)}


class Key(Struct, frozen=True):
    pk: str
    sk: str

    def as_item(self) -> Item:
        return {"PK": self.pk, "SK": self.sk}


def key_of(item: Item) -> Key:
    return Key(item["PK"], item["SK"])


class Put(Struct, frozen=True):
    item: Item
    when: Condition = field(default_factory=dict)


class Update(Struct, frozen=True):
    """`add` adds to numbers; a missing number counts as 0. `first` sets what is absent and
    leaves the rest. Makes the item if absent."""

    key: Key
    set: Mapping[str, Any] = field(default_factory=dict)
    first: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    remove: Sequence[str] = ()
    when: Condition = field(default_factory=dict)


class Delete(Struct, frozen=True):
    """Deleting what is absent is no error, unless `when` says otherwise."""

    key: Key
    when: Condition = field(default_factory=dict)


class Check(Struct, frozen=True):
    """Writes nothing. In a transaction only: all of it is refused unless `when` holds."""

    key: Key
    when: Condition


Write = Put | Update | Delete


class Query(Struct, frozen=True):
    """Items of one partition in key order. `index` is None for the table itself."""

    partition: str
    index: str | None = None
    lowest: str | None = None
    highest: str | None = None
    newest_first: bool = False
    limit: int | None = None
    after: Item | None = None

    def __post_init__(self) -> None:
        """Raises Conflict: a cursor comes from a client and may belong to another list."""
        if self.after is not None and self.partition not in self.after.values():
            raise Conflict([FieldError("cursor", "cursor_elsewhere", "It is another list's.")])

    @property
    def is_empty(self) -> bool:
        """It ends before it begins."""
        return bool(self.lowest and self.highest and self.lowest > self.highest)


class Scan(Struct, frozen=True):
    """Items of the whole table whose PK begins with one of `starts`, in no order. `survey`
    leaves out those of other surveys. `limit` items are read for a page."""

    starts: Sequence[str]
    survey: str | None = None
    limit: int | None = None
    after: Item | None = None


class Page(Struct, frozen=True):
    items: list[Item]
    next: Item | None


class Table(Protocol):
    def get(self, key: Key) -> Item | None:
        """A strongly consistent read."""

    def get_all(self, keys: Sequence[Key], consistent: bool = True) -> dict[Key, Item]:
        """Reads up to 100 keys; absent ones are left out. What may be a moment old costs half."""

    def write(self, write: Write) -> None:
        """Raises WriteRefused, WriteConflict or OutcomeUnknown."""

    def update(self, update: Update) -> Item:
        """Gives the whole item as it is then. Raises as `write`."""

    def transact(self, writes: Sequence[Write | Check]) -> None:
        """All or nothing. No two writes on one key. Raises as `write`."""

    def query(self, query: Query) -> Page:
        """At most `limit` items. `next` is the `after` of the next page."""

    def together(self, reads: Sequence[Callable[[], T]]) -> list[T]:
        """What each of them gives, read side by side. Raises what the first that fails raises.
        None of them may call this again."""

    def scan(self, scan: Scan) -> Page:
        """Strongly consistent for each item, but no snapshot: an item that changes meanwhile
        is seen before or after its change. Reads the whole table, so no request may use it. A
        page may be empty and not the last."""


def each(table: Table, keys: Sequence[Key], consistent: bool = True) -> dict[Key, Item]:
    """`get_all` of any number of keys."""
    found: dict[Key, Item] = {}
    for start in range(0, len(keys), MOST_KEYS):
        found |= table.get_all(keys[start : start + MOST_KEYS], consistent)
    return found


def every(table: Table, query: Query) -> list[Item]:
    """All items of a query whose answer is known to be small."""
    return list(one_by_one(table, query))


def one_by_one(table: Table, query: Query) -> Iterator[Item]:
    """Reads the next page only when it is needed, so the caller may stop early."""
    page = table.query(query)
    yield from page.items
    while page.next:
        page = table.query(_after(query, page.next))
        yield from page.items


def delete_existing(table: Table, key: Key, what: str) -> None:
    """Raises NotFound."""
    try:
        table.write(Delete(key, when={"PK": key.pk}))
    except WriteRefused as refused:
        raise NotFound(what) from refused


def _after(query: Query, last: Item) -> Query:
    return Query(
        query.partition,
        query.index,
        query.lowest,
        query.highest,
        query.newest_first,
        query.limit,
        last,
    )
