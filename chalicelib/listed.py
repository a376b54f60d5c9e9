"""A list in the index `listed` that lies in several buckets, read as one."""

from collections.abc import Callable
from functools import partial
from typing import Final

from msgspec import Struct

from chalicelib import keys
from chalicelib.table import Item, Key, Query, Table

# Of what an even share is, so that a page is seldom shorter than it may be.
SLACK: Final = 2


class Listing(Struct, frozen=True):
    """`lowest` and `highest` are times, None where it is open. A time sorts before everything that
    happened then, so `highest` is not included."""

    partition: str
    lowest: str | None = None
    highest: str | None = None
    newest_first: bool = False


class ListPage(Struct, frozen=True):
    """`next` is the place to continue from, None at the end."""

    items: list[Item]
    next: str | None


def read_list(
    table: Table,
    listing: Listing,
    key: Callable[[str], Key],
    buckets: int,
    limit: int,
    after: str | None,
) -> ListPage:
    """At most `limit` items behind the place `after`, whatever bucket that lay in. It may be
    fewer, also where more follow: the buckets are read as if they were equally full. `key` gives
    the key of an item by its id."""
    each = limit if buckets == 1 else -(-limit * SLACK // buckets)
    start = key(keys.id_listed(after)).as_item() | {"list_sk": after} if after else None
    reads = [
        partial(table.query, _query(listing, bucket, each, start)) for bucket in range(buckets)
    ]
    pages = table.together(reads)
    found = sorted(
        (item for page in pages for item in page.items), key=_place, reverse=listing.newest_first
    )
    # Behind the first end of a bucket's page there may be more of that bucket.
    ends = [str(page.next["list_sk"]) for page in pages if page.next]
    edge = (max if listing.newest_first else min)(ends, default=None)
    known = [item for item in found if edge is None or not _is_behind(listing, item, edge)]
    if len(known) > limit:
        return ListPage(known[:limit], _place(known[limit - 1]))
    return ListPage(known, edge)


def _query(listing: Listing, bucket: int, limit: int, start: Item | None) -> Query:
    partition = keys.bucket(listing.partition, bucket)
    after = start | {"list_pk": partition} if start else None
    return Query(
        partition, "listed", listing.lowest, listing.highest, listing.newest_first, limit, after
    )


def _place(item: Item) -> str:
    return str(item["list_sk"])


def _is_behind(listing: Listing, item: Item, place: str) -> bool:
    return _place(item) < place if listing.newest_first else _place(item) > place
