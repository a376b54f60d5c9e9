"""A list by days, for a key that may not know at what time of a day something was answered.

Rows of one day stand in the order of the ids that the key is shown. A day has to be read as a
whole before its first row is shown, so a list is read in stretches: whole days, or 1,000 rows of
a day that has more. The cursor names the stretch and the last row that was shown of it.
"""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.web.cursor import invalid_cursor

CHUNK = 200
MOST_READ = 1000

R = TypeVar("R")
# Takes how many rows to read and the place to read on from. Gives them, and the place of the
# last one that was read, None at the end.
ReadOn = Callable[[int, str | None], tuple[Sequence[R], str | None]]


class ByDay(Struct, Generic[R], frozen=True):
    """`place_of` is where a row stands in the index. `day_of` and `id_of` are as the key is
    shown them."""

    read_on: ReadOn[R]
    place_of: Callable[[R], str]
    day_of: Callable[[R], str]
    id_of: Callable[[R], str]
    newest_first: bool = False

    def key_of(self, row: R) -> str:
        return f"{self.day_of(row)}#{self.id_of(row)}"

    def is_behind(self, place: str, other: str) -> bool:
        return place < other if self.newest_first else place > other


class Position(Struct, frozen=True):
    """In the list of the query `of`: behind the place `after` and, where a stretch up to `end`
    was shown in part, behind its row with the key `passed`."""

    of: str
    after: str = ""
    end: str = ""
    passed: str = ""


class Stretch(Struct, Generic[R], frozen=True):
    """The rows that are still to be shown, in order. `is_last`: the list ends with it."""

    at: Position
    rows: list[R]
    end: str
    is_last: bool

    def behind(self, passed: str | None) -> Position | None:
        """Where to go on behind the row with the key `passed`, or behind all rows."""
        if passed:
            return Position(self.at.of, self.at.after, self.end, passed)
        return None if self.is_last else Position(self.at.of, self.end)


def read_stretch(listed: ByDay[R], at: Position, least: int) -> Stretch[R]:
    """It has `least` rows or more, where one stretch can."""
    rows, end, is_last = _read_again(listed, at) if at.end else _read_days(listed, at, least)
    ordered = sorted(rows, key=listed.key_of, reverse=listed.newest_first)
    waiting = [
        row for row in ordered if not at.passed or listed.is_behind(listed.key_of(row), at.passed)
    ]
    return Stretch(at, waiting, end, is_last)


def _read_days(listed: ByDay[R], at: Position, least: int) -> tuple[list[R], str, bool]:
    rows: list[R] = []
    place, read = at.after or None, 0
    while True:
        found, place = listed.read_on(CHUNK, place)
        rows, read = [*rows, *found], read + CHUNK
        if place is None:
            return rows, listed.place_of(rows[-1]) if rows else at.after, True
        whole = _without_last_day(listed, rows)
        if len(whole) >= least or (whole and read >= MOST_READ):
            return whole, listed.place_of(whole[-1]), False
        if read >= MOST_READ:
            return rows, place, False


def _without_last_day(listed: ByDay[R], rows: list[R]) -> list[R]:
    """More rows of the last day may follow."""
    return list(takewhile(lambda row: listed.day_of(row) != listed.day_of(rows[-1]), rows))


def _read_again(listed: ByDay[R], at: Position) -> tuple[list[R], str, bool]:
    rows: list[R] = []
    place = at.after or None
    while True:
        found, place = listed.read_on(CHUNK, place)
        rows += [row for row in found if not listed.is_behind(listed.place_of(row), at.end)]
        if place is None or listed.is_behind(place, at.end):
            return rows, at.end, False


def position_of(cursor: str | None, of: str, told: Disclosure) -> Position:
    """Raises Conflict for a cursor of another list or of another key's list."""
    if cursor is None:
        return Position(of)
    try:
        position = Position(**told.opened_cursor(cursor))
    except ValueError:
        raise invalid_cursor() from None
    if position.of != of:
        raise invalid_cursor()
    return position


def cursor_of(position: Position | None, told: Disclosure) -> str | None:
    return told.sealed_cursor(asdict(position)) if position else None
