"""Whether sets of people whose counts are shown tell, taken together, of a group that is too
small. Pure.

A viewer adds and subtracts what is shown. So every group whose members are a sum of shown sets,
each times any number, is as good as shown. The search goes over all such groups, not only over
differences of two sets.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

UNIFORM_BELOW = 20
# Greater than any minor of a matrix of zeros and ones with 400 rows, of which at most five meet in
# a column: so counting by its remainders is exact.
PRIME = 2**521 - 1
MOST_SETS = 400
MOST_STEPS = 10_000

Vector = dict[int, int]


class Atom(Struct, frozen=True):
    """People whom no shown set tells apart. `block` is the release that published them."""

    block: int
    people: int
    bands: frozenset[str]


def is_uniform(people: int, bands: Collection[str]) -> bool:
    return people < UNIFORM_BELOW and len(bands) == 1


def tells_too_much(
    atoms: Sequence[Atom], sets: Collection[frozenset[int]], new: Collection[frozenset[int]], k: int
) -> bool:
    """The sets hold places in `atoms`. True also when it cannot be found out in bounded time.
    Groups that `sets` alone tell of are left aside: these were shown before."""
    return any(
        len(part) > MOST_SETS or _Search(atoms, part, k).finds()
        for part in _connected([*sets, *new])
        if any(one in part for one in new)
    )


def _connected(sets: Sequence[frozenset[int]]) -> Iterator[list[frozenset[int]]]:
    """Sets without common members tell nothing of each other."""
    left = [one for one in dict.fromkeys(sets) if one]
    while left:
        part, reached, left = [left[0]], set(left[0]), left[1:]
        while touching := [one for one in left if not reached.isdisjoint(one)]:
            left = [one for one in left if reached.isdisjoint(one)]
            part += touching
            reached.update(*touching)
        yield part


class _Group(Struct):
    """What is chosen so far. `sums` has the coefficients of the atoms that are not pivots."""

    people: int = 0
    bands: frozenset[str] = frozenset()
    members: tuple[int, ...] = ()
    sums: Mapping[int, int] = field(default_factory=dict)


class _Search:
    """Every sum of the sets is fixed by its coefficients at the pivots. So all choices of 0 and 1
    there are tried, and dropped when another atom gets neither 0 nor 1."""

    def __init__(self, atoms: Sequence[Atom], sets: Sequence[frozenset[int]], k: int) -> None:
        self._atoms, self._k, self._steps = atoms, k, 0
        self._rows = _reduced(sets, atoms)
        self._pivots = sorted(self._rows, key=lambda pivot: -atoms[pivot].people)
        place = {pivot: place for place, pivot in enumerate(self._pivots)}
        last: dict[int, int] = {}
        for pivot, row in self._rows.items():
            for atom in row:
                last[atom] = max(last.get(atom, 0), place[pivot])
        self._settled: list[list[int]] = [[] for _ in self._pivots]
        for atom, at in last.items():
            if atom not in self._rows:
                self._settled[at].append(atom)
        in_blocks: dict[int, int] = {}
        for atom in last:
            in_blocks[atoms[atom].block] = in_blocks.get(atoms[atom].block, 0) + 1
        self._in_blocks = in_blocks

    def finds(self) -> bool:
        waiting = [(0, _Group())]
        while waiting:
            place, group = waiting.pop()
            if place == len(self._pivots):
                if self._is_told(group):
                    return True
                continue
            self._steps += 1
            if self._steps > MOST_STEPS:
                return True
            for chosen in (1, 0):
                after = self._with(group, place, chosen)
                if after is not None:
                    waiting.append((place + 1, after))
        return False

    def _with(self, group: _Group, place: int, chosen: int) -> _Group | None:
        pivot = self._pivots[place]
        sums, found = group.sums, [pivot] if chosen else []
        if chosen:
            added = dict(sums)
            for atom, value in self._rows[pivot].items():
                added[atom] = (added.get(atom, 0) + value) % PRIME
            sums = added
        for atom in self._settled[place]:
            value = sums.get(atom, 0)
            if value > 1:
                return None
            if value:
                found.append(atom)
        after = self._grown(group, found, sums)
        return after if self._may_be_told(after) else None

    def _grown(self, group: _Group, found: Sequence[int], sums: Mapping[int, int]) -> _Group:
        atoms = [self._atoms[atom] for atom in found]
        return _Group(
            group.people + sum(atom.people for atom in atoms),
            group.bands.union(*(atom.bands for atom in atoms)),
            (*group.members, *found),
            sums,
        )

    def _may_be_told(self, group: _Group) -> bool:
        return group.people < self._k or is_uniform(group.people, group.bands)

    def _is_told(self, group: _Group) -> bool:
        """What the numbers of the days tell of everybody is no group."""
        return bool(group.members) and (group.people < self._k or not self._is_of_days(group))

    def _is_of_days(self, group: _Group) -> bool:
        counted: dict[int, int] = {}
        for atom in group.members:
            block = self._atoms[atom].block
            counted[block] = counted.get(block, 0) + 1
        return all(self._in_blocks[block] == count for block, count in counted.items())


def _reduced(sets: Sequence[frozenset[int]], atoms: Sequence[Atom]) -> dict[int, Vector]:
    """By Gauss and Jordan: a row for each pivot, which no other row has. Atoms of many people
    become pivots, so that few choices stay below the size."""
    rows: dict[int, Vector] = {}
    for members in sets:
        row: Vector = dict.fromkeys(members, 1)
        for pivot in [atom for atom in row if atom in rows]:
            _subtract(row, rows[pivot], row[pivot])
        if not row:
            continue
        pivot = max(row, key=lambda atom: atoms[atom].people)
        inverse = pow(row[pivot], -1, PRIME)
        row = {atom: value * inverse % PRIME for atom, value in row.items()}
        for other in rows.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        rows[pivot] = row
    return rows


def _subtract(row: Vector, other: Vector, times: int) -> None:
    for atom, value in other.items():
        left = (row.get(atom, 0) - times * value) % PRIME
        if left:
            row[atom] = left
        else:
            row.pop(atom, None)
