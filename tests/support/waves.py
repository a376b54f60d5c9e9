"""Random sealed surveys, and everything that their gate ever let out."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from chalicelib.disclosure.cells import Cells, Row, publish_cells
from chalicelib.surveys.scale import band_of
from tests.support.attacker import Shown


@dataclass(frozen=True)
class Wave:
    """`shown` has each number that a viewer saw: of each release, and of each cell."""

    k: int
    rows: list[Row]
    shown: list[Shown]
    cells: Cells
    publications: int


def row(block: int, *groups: str, score: int = 9) -> Row:
    return Row(block, groups, score, band_of(score).value)


def people_of(rows: list[Row], name: str, value: str) -> Shown:
    return frozenset(at for at, one in enumerate(rows) if f"{name}={value}" in one.groups)


def random_wave(seed: int, releases: int = 6) -> Wave:
    chance = Random(seed)
    k = chance.choice([5, 5, 6, 8])
    names = [f"d{at}" for at in range(chance.choice([1, 2, 2, 3]))]
    values = {name: [f"v{at}" for at in range(chance.choice([2, 2, 3, 4]))] for name in names}
    groups = [f"{name}={value}" for name in names for value in values[name]]
    rows: list[Row] = []
    shown: list[Shown] = []
    cells: Cells = {}
    publications = 0
    for block in range(1, chance.randrange(2, releases + 2)):
        rows += _answers(chance, block, k, values)
        shown.append(frozenset(at for at, one in enumerate(rows) if one.block == block))
        before, cells = cells, publish_cells(rows, cells, k, groups)
        new = list(_newly_shown(rows, before, cells))
        shown, publications = [*shown, *new], publications + len(new)
    return Wave(k, rows, shown, cells, publications)


def _answers(chance: Random, block: int, k: int, values: dict[str, list[str]]) -> list[Row]:
    def groups() -> list[str]:
        # Now and then somebody has no value.
        given = [name for name in values if chance.random() < 0.97]
        return [f"{name}={chance.choice(values[name])}" for name in given]

    count = chance.choice([k, k, k + 1, 2 * k, 3 * k])
    return [row(block, *groups(), score=chance.choice([0, 3, 7, 9, 10])) for _ in range(count)]


def _newly_shown(rows: list[Row], before: Cells, after: Cells) -> Iterator[Shown]:
    for name, dimension in after.items():
        if dimension != before.get(name):
            yield from (people_of(rows, name, value) for value in dimension.cells)
