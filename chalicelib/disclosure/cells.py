"""Which numbers of parts of a sealed survey may be shown. Pure.

A cell is the answers of one value of a dimension, such as `group=Network`, over the whole life of
the survey. What was shown once stays known. So a dimension is shown anew only if nothing of what
was ever shown, with the numbers of each day, tells of a group of less than k. Otherwise its cells
stay as they were.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.disclosure.differences import Atom, is_uniform, tells_too_much

Reason = Literal["fewer_than_k", "too_uniform", "protects_another"]
FEWER: Final = "fewer_than_k"
UNIFORM: Final = "too_uniform"
PROTECTS: Final = "protects_another"
NO_VALUE: Final = ""


class Row(Struct, frozen=True):
    """A published answer. `block` numbers the releases; `groups` are `name=value`."""

    block: int
    groups: tuple[str, ...]
    score: int
    band: str


class Publication(Struct, frozen=True):
    """After which block a dimension was shown, and with which of its values."""

    block: int
    values: tuple[str, ...]


class Dimension(Struct, frozen=True):
    """`cells` has the counts by score of each value that is shown, `hidden` all others. Both are
    those of the last of `published`."""

    cells: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    hidden: Mapping[str, Reason] = field(default_factory=dict)
    published: tuple[Publication, ...] = ()


Cells = Mapping[str, Dimension]


def publish_cells(rows: Sequence[Row], before: Cells, k: int, groups: Sequence[str]) -> Cells:
    """`groups` are all `name=value` of the survey, as they were fixed at launch. The dimension
    that waits longest comes first, then the first among them: where two cannot be shown together,
    it is shown."""
    people = _People(rows)
    cells = dict(before)
    values_of = _values_of(groups)
    for name in sorted(values_of, key=lambda name: _last_block(cells.get(name))):
        wanted = _wanted(name, values_of[name], cells.get(name, Dimension()), people, k)
        if wanted and _is_safe({**cells, name: wanted}, name, people, k):
            cells[name] = wanted
    return cells


class _Cell(Struct):
    people: int = 0
    bands: frozenset[str] = frozenset()

    def and_also(self, other: "_Cell") -> "_Cell":
        return _Cell(self.people + other.people, self.bands | other.bands)

    def may_be_shown(self, k: int) -> bool:
        return self.people >= k and not is_uniform(self.people, self.bands)


class _People:
    """Those of the rows, by what can be told apart."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.last_block = max((row.block for row in rows), default=0)
        counted = Counter((row.block, row.groups) for row in rows)
        bands: dict[tuple[int, tuple[str, ...]], set[str]] = {}
        for row in rows:
            bands.setdefault((row.block, row.groups), set()).add(row.band)
        self._of = [(block, dict(one.split("=", 1) for one in groups)) for block, groups in counted]
        self.atoms = [
            Atom(block, count, frozenset(bands[block, groups]))
            for (block, groups), count in counted.items()
        ]

    def blocks(self) -> list[frozenset[int]]:
        found: dict[int, set[int]] = {}
        for place, (block, _) in enumerate(self._of):
            found.setdefault(block, set()).add(place)
        return [frozenset(places) for places in found.values()]

    def between(self, name: str, value: str, after: int, up_to: int) -> frozenset[int]:
        return frozenset(
            place
            for place, (block, groups) in enumerate(self._of)
            if after < block <= up_to and groups.get(name, NO_VALUE) == value
        )

    def cells(self, name: str) -> dict[str, _Cell]:
        found: dict[str, _Cell] = {}
        for atom, (_, groups) in zip(self.atoms, self._of, strict=True):
            value = groups.get(name, NO_VALUE)
            cell = _Cell(atom.people, atom.bands)
            found[value] = found[value].and_also(cell) if value in found else cell
        return found

    def count(self, places: frozenset[int]) -> int:
        return sum(self.atoms[place].people for place in places)

    def counts(self, name: str, value: str) -> dict[int, int]:
        scores = sorted(row.score for row in self.rows if f"{name}={value}" in row.groups)
        return dict(Counter(scores))


def _last_block(dimension: Dimension | None) -> int:
    return dimension.published[-1].block if dimension and dimension.published else 0


def _values_of(groups: Sequence[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for group in groups:
        name, _, value = group.partition("=")
        values.setdefault(name, []).append(value)
    return values


def _wanted(
    name: str, values: Sequence[str], known: Dimension, people: _People, k: int
) -> Dimension | None:
    """The dimension with everything that was answered by now. None when there is nothing new, or
    nothing to show."""
    if _last_block(known) == people.last_block:
        return None
    cells = people.cells(name)
    hidden = _hidden(cells, values, k)
    shown = tuple(value for value in values if value not in hidden)
    if not shown:
        return None
    counts = {value: people.counts(name, value) for value in shown}
    told: dict[str, Reason] = {value: hidden[value] for value in values if value in hidden}
    return Dimension(counts, told, (*known.published, Publication(people.last_block, shown)))


def _hidden(cells: Mapping[str, _Cell], values: Collection[str], k: int) -> dict[str, Reason]:
    """The values that are not shown. The rest against all is known. So it has to be a group that
    may be shown itself: a single hidden value takes the next smallest with it."""
    hidden: dict[str, Reason] = {}
    for value in {*values, *cells}:
        cell = cells.get(value, _Cell())
        if value not in values or not cell.may_be_shown(k):
            hidden[value] = UNIFORM if cell.people >= k else FEWER
    shown = sorted(cells.keys() - hidden.keys(), key=lambda value: (cells[value].people, value))
    rest = _together([cells[value] for value in hidden if value in cells])
    for value in shown:
        if not rest.people or rest.may_be_shown(k):
            break
        hidden[value] = PROTECTS
        rest = rest.and_also(cells[value])
    return hidden


def _together(cells: Sequence[_Cell]) -> _Cell:
    whole = _Cell()
    for cell in cells:
        whole = whole.and_also(cell)
    return whole


def _is_safe(cells: Cells, name: str, people: _People, k: int) -> bool:
    shown = people.blocks()
    for other, dimension in cells.items():
        if other != name:
            shown += _growths(other, dimension, people)
    earlier = replace(cells[name], published=cells[name].published[:-1])
    shown += _growths(name, earlier, people)
    known = set(shown)
    new = [one for one in _growths(name, cells[name], people) if one and one not in known]
    return all(people.count(one) >= k for one in new) and not tells_too_much(
        people.atoms, shown, new, k
    )


def _growths(name: str, dimension: Dimension, people: _People) -> list[frozenset[int]]:
    """What each publication added to a value since the last one that showed it. All the sums of
    what was shown are sums of these."""
    shown_at: dict[str, int] = {}
    found: list[frozenset[int]] = []
    for publication in dimension.published:
        for value in publication.values:
            found.append(people.between(name, value, shown_at.get(value, 0), publication.block))
            shown_at[value] = publication.block
    return found
