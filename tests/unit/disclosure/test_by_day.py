"""A list for a key that may not know at what time of a day something was answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.disclosure import by_day
from chalicelib.disclosure.by_day import ByDay, Position, cursor_of, position_of, read_stretch
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.errors import Conflict

START = datetime(2026, 11, 20, tzinfo=UTC)
TOLD = Disclosure(False, b"secret")


@dataclass(frozen=True)
class Row:
    minute: int
    id: str

    @property
    def place(self) -> str:
        return f"{START + timedelta(minutes=self.minute)}#{self.id}"


class Index:
    """Rows at some minutes, read as the table reads them."""

    def __init__(self, minutes: Sequence[int], newest_first: bool = False) -> None:
        # The id says nothing of the order of time.
        rows = [Row(minute, f"{i * 7919 % 10_007:05}") for i, minute in enumerate(minutes)]
        self.rows = sorted(rows, key=lambda row: row.place, reverse=newest_first)
        self.newest_first, self.reads = newest_first, 0

    def read_on(self, count: int, after: str | None) -> tuple[list[Row], str | None]:
        self.reads += count
        rest = [row for row in self.rows if after is None or self._is_behind(row.place, after)]
        return rest[:count], rest[count - 1].place if len(rest) > count else None

    def _is_behind(self, place: str, other: str) -> bool:
        return place < other if self.newest_first else place > other

    @property
    def listed(self) -> ByDay[Row]:
        return ByDay(
            self.read_on,
            lambda row: row.place,
            lambda row: row.place[:10],
            lambda row: row.id,
            self.newest_first,
        )

    def pages(self, limit: int) -> list[list[Row]]:
        pages, at = [], Position("query")
        while True:
            stretch = read_stretch(self.listed, at, limit)
            page = stretch.rows[:limit]
            pages.append(page)
            more = len(stretch.rows) > limit
            position = stretch.behind(self.listed.key_of(page[-1]) if more else None)
            if position is None:
                return pages
            at = position_of(cursor_of(position, TOLD), "query", TOLD)


minutes = st.lists(st.integers(0, 4 * 24 * 60), max_size=60)


@given(minutes, st.integers(1, 20), st.booleans(), st.integers(1, 7), st.integers(3, 30))
def test_pages_join_without_loss_or_repeat(
    minutes: list[int], limit: int, newest_first: bool, chunk: int, most: int
) -> None:
    index = Index(minutes, newest_first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_day, "CHUNK", chunk)
        patch.setattr(by_day, "MOST_READ", most)
        shown = [row for page in index.pages(limit) for row in page]
    assert sorted(shown, key=lambda row: row.id) == sorted(index.rows, key=lambda row: row.id)
    days = [row.place[:10] for row in shown]
    assert days == sorted(days, reverse=newest_first)


@given(minutes, st.integers(1, 20), st.booleans(), st.randoms())
def test_pages_are_the_same_at_whatever_time_of_its_day_a_row_came(
    minutes: list[int], limit: int, newest_first: bool, chance: object
) -> None:
    index = Index(minutes, newest_first)
    other = Index([], newest_first)
    shift = getattr(chance, "randrange")  # noqa: B009
    moved = [replace(row, minute=row.minute // 1440 * 1440 + shift(1440)) for row in index.rows]
    other.rows = sorted(moved, key=lambda row: row.place, reverse=newest_first)

    def shown(of: Index) -> list[list[str]]:
        return [[row.id for row in page] for page in of.pages(limit)]

    assert shown(index) == shown(other)


def test_a_day_with_more_rows_than_are_read_comes_in_parts() -> None:
    index = Index(range(1440))
    pages = index.pages(1000)
    assert [len(page) for page in pages] == [1000, 440]
    assert max(row.minute for row in pages[0]) < min(row.minute for row in pages[1])


def test_a_page_reads_a_bounded_number_of_rows() -> None:
    index = Index([minute // 10 for minute in range(9000)])
    stretch = read_stretch(index.listed, Position("query"), 50)
    assert index.reads <= by_day.MOST_READ + by_day.CHUNK
    position = stretch.behind(index.listed.key_of(stretch.rows[49]))
    assert position
    index.reads = 0
    read_stretch(index.listed, position, 50)
    assert index.reads <= by_day.MOST_READ + by_day.CHUNK


def test_a_row_that_comes_into_a_day_that_was_shown_is_not_shown_twice() -> None:
    index = Index([1, 2, 3, 4])
    first = read_stretch(index.listed, Position("query"), 2)
    position = first.behind(index.listed.key_of(first.rows[1]))
    assert position
    index.rows.append(Row(5, "00000"))
    rest = read_stretch(index.listed, position, 2)
    assert rest.rows == first.rows[2:]
    behind = rest.behind(None)
    assert behind
    assert read_stretch(index.listed, behind, 2).rows == [Row(5, "00000")]


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = cursor_of(Position("query", "a"), TOLD)
    for foreign in (cursor, "AAAAAAAAAAAAAAAAAAAAAAAA"):
        with pytest.raises(Conflict):
            position_of(foreign, "another query", TOLD)
