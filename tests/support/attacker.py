"""A viewer who kept everything that was ever shown, and solves it for groups that are too small.

Written apart from the gate: it knows only who is in which number that was shown. A group is told
when its sum is a sum of shown numbers, each times any fraction. That is so exactly if it is
orthogonal to every way to move people about that leaves all shown numbers as they are.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from operator import mul
from random import Random

Shown = frozenset[int]  # the people in one number that was shown
Places = tuple[int, ...]


def small_groups(shown: Sequence[Shown], k: int) -> Iterator[frozenset[int]]:
    """The groups of 1 to k - 1 people whose answers the viewer knows."""
    alike = told_apart(shown)
    moves = _moves([[int(people <= one) for people in alike] for one in set(shown)], len(alike))
    marks = [tuple(move[place] for move in moves) for place in range(len(alike))]
    yield from _searched(alike, marks, k)


def told_apart(shown: Sequence[Shown]) -> list[frozenset[int]]:
    """People that are in the same numbers."""
    found: dict[tuple[bool, ...], set[int]] = {}
    for person in set().union(*shown):
        found.setdefault(tuple(person in one for one in shown), set()).add(person)
    return [frozenset(people) for people in found.values()]


def _moves(rows: list[list[int]], width: int) -> list[list[int]]:
    """A basis of the vectors that every row is orthogonal to, in whole numbers."""
    reduced, pivots = _reduced([[Fraction(value) for value in row] for row in rows], width)
    moves = []
    for free in sorted(set(range(width)) - set(pivots)):
        move = [Fraction(0)] * width
        move[free] = Fraction(1)
        for row, pivot in zip(reduced, pivots, strict=True):
            move[pivot] = -row[free]
        scale = lcm(*(value.denominator for value in move))
        moves.append([int(value * scale) for value in move])
    return moves


def _reduced(rows: list[list[Fraction]], width: int) -> tuple[list[list[Fraction]], list[int]]:
    reduced: list[list[Fraction]] = []
    pivots: list[int] = []
    for column in range(width):
        found = next((row for row in rows if row[column]), None)
        if found is None:
            continue
        rows = [row for row in rows if row is not found]
        found = [value / found[column] for value in found]
        rows = [_less(row, found, column) for row in rows]
        reduced = [*(_less(row, found, column) for row in reduced), found]
        pivots.append(column)
    return reduced, pivots


def _less(row: list[Fraction], other: list[Fraction], column: int) -> list[Fraction]:
    if not row[column]:
        return row
    return [value - row[column] * taken for value, taken in zip(row, other, strict=True)]


def _searched(
    alike: list[frozenset[int]], marks: list[tuple[int, ...]], k: int
) -> Iterator[frozenset[int]]:
    """All unions of fewer than k people whose marks add up to nothing.

    A union is a front, a place and an end, in their order. Front and end have at most half of its
    people, so both are among a few parts, and the end is looked up by what it has to add.
    """
    numbers = _numbers(marks)
    parts = list(_parts(alike, numbers, (k - 1) // 2))
    ends: dict[int, list[Places]] = {}
    for places, total in parts:
        ends.setdefault(-total, []).append(places)
    found = {
        (*front, place, *end)
        for front, total in parts
        for place in range(front[-1] + 1 if front else 0, len(alike))
        for end in ends.get(total + numbers[place], ())
        if not end or place < end[0]
    }
    for places in sorted(found):
        group = frozenset[int]().union(*(alike[place] for place in places))
        exactly = zip(*(marks[place] for place in places), strict=True)
        if len(group) < k and not any(map(sum, exactly)):
            yield group


def _numbers(marks: list[tuple[int, ...]]) -> list[int]:
    """One number for each place, in the place of its marks. Sums of nothing stay nothing."""
    chance = Random(0)
    weights = [chance.getrandbits(64) for _ in (marks[0] if marks else ())]
    return [sum(map(mul, weights, mark)) for mark in marks]


def _parts(
    alike: list[frozenset[int]], numbers: list[int], most: int
) -> Iterator[tuple[Places, int]]:
    """Unions of at most so many people, and the sums of their numbers."""
    waiting: list[tuple[Places, int, int]] = [((), 0, 0)]
    while waiting:
        places, people, total = waiting.pop()
        yield places, total
        for place in range(places[-1] + 1 if places else 0, len(alike)):
            if people + len(alike[place]) <= most:
                more = people + len(alike[place]), total + numbers[place]
                waiting.append(((*places, place), *more))
