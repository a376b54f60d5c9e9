"""A list in several buckets reads as one list: in order, each once, nothing left out."""

import random

import pytest

from chalicelib import keys
from chalicelib.listed import Listing, read_list
from chalicelib.table import Put
from tests.support.fakes import FakeTable


def stored(table: FakeTable, rows: int, buckets: int, chance: random.Random) -> list[str]:
    places = []
    for number in range(rows):
        place = keys.listed_by(f"{chance.randrange(50):03}", f"id-{number}")
        listed = keys.bucket("RESPONSES#s", chance.randrange(buckets))
        entry = {"list_pk": listed, "list_sk": place}
        table.write(Put({**keys.response(f"id-{number}").as_item(), **entry}))
        places.append(place)
    return places


def read(table: FakeTable, listing: Listing, buckets: int, limit: int) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = read_list(table, listing, keys.response, buckets, limit, after)
        assert len(page.items) <= limit
        found += [item["list_sk"] for item in page.items]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("buckets", [1, 4, 8])
@pytest.mark.parametrize("limit", [1, 7, 50])
def test_every_row_is_read_once_and_in_order(newest_first: bool, buckets: int, limit: int) -> None:
    for seed in range(20):
        table, chance = FakeTable(), random.Random(seed)
        places = stored(table, chance.randrange(120), buckets, chance)
        listing = Listing("RESPONSES#s", newest_first=newest_first)
        found = read(table, listing, buckets, limit)
        assert found == sorted(places, reverse=newest_first)


def test_buckets_of_one_length_cost_twice_a_page_and_never_more() -> None:
    table = FakeTable()
    stored(table, 2000, 8, random.Random(1))
    asked: list[int] = []
    query = table.query
    table.query = lambda one: asked.append(one.limit or 0) or query(one)  # type: ignore
    page = read_list(table, Listing("RESPONSES#s"), keys.response, 8, 48, None)
    assert (len(page.items), sum(asked)) == (48, 96)


def test_a_list_of_one_bucket_is_one_query_for_exactly_a_page() -> None:
    table = FakeTable()
    stored(table, 100, 1, random.Random(1))
    calls: list[str] = []
    table.before = calls.append
    page = read_list(table, Listing("RESPONSES#s"), keys.response, 1, 50, None)
    assert (calls, len(page.items)) == (["query"], 50)
