"""The cells of the tallies, as they are stored and as the raw items add up. A cell is one
segment of a survey on one day or in one month. It is named by the key of its first shard.

A cell changes only in the transaction that changes a raw item. That transaction raises the
version of one of the cell's shards. While no version changes, no item that the cell counts has
changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Final, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib import tally_keys
from chalicelib.table import ABSENT, Item, Key, Query, Scan, Table, Update, every, key_of
from chalicelib.tally.shards import opened
from chalicelib.tally.tally import ALL, Cell, Counts, add_counts, counts_in

# An update's expression may hold 4 KB; more wrong fields than these take two repairs.
MOST_FIELDS: Final = 100


class CountedSurvey(Protocol):
    """What the counts need of a survey: `segments` are the names of its dimensions."""

    @property
    def id(self) -> str: ...
    @property
    def segments(self) -> Sequence[str]: ...


class Kind(Struct, frozen=True):
    """A kind of raw item that is counted. `key` has an empty id. `cells_of` gives what an item
    adds. `apart` are its segments that no survey declares."""

    key: Key
    cells_of: Callable[[Item], Mapping[Cell, Counts]]
    apart: tuple[str, ...] = ()


class Stored(Struct):
    """A cell with all its shards; `versions` by the key of the shard, None where there is a
    shard without one."""

    versions: dict[Key, int | None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


class Counted(Struct, frozen=True):
    """What the raw items add up to, and every place where counts are or should be: a segment's
    days or a dimension's months, in all shards."""

    cells: dict[Key, dict[str, int]] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)


class CellStore:
    """`survey` None: all surveys."""

    def __init__(self, table: Table, kinds: Iterable[Kind], survey: str | None = None) -> None:
        self._table = table
        self._kinds = {kind.key.sk: kind for kind in kinds}
        self._survey = survey

    def places(self, survey: CountedSurvey) -> set[str]:
        """Where the counts of a survey should be. The months of a dimension name its values. A
        scan finds the rest."""
        apart = [segment for kind in self._kinds.values() for segment in kind.apart]
        found = {tally_keys.tallies_of(survey.id, segment) for segment in (ALL, *apart)}
        for dimension in (ALL, *apart, *survey.segments):
            months = tally_keys.months_of(survey.id, dimension)
            segments = {tally_keys.named(key)[1] for key in self.stored(months)}
            found |= {months, *(tally_keys.tallies_of(survey.id, segment) for segment in segments)}
        return found

    def stored(self, place: str) -> dict[Key, Stored]:
        # How many shards there are is read anew each time, and before them: a shard that was
        # opened since belongs to a transaction that the scan before this has not seen.
        survey_id = tally_keys.survey_in(place)
        reads = [
            partial(every, self._table, Query(pk))
            for pk in tally_keys.all_pks(place, opened(self._table, survey_id))
        ]
        cells: dict[Key, Stored] = {}
        for item in chain(*self._table.together(reads)):
            key = key_of(item)
            cell = cells.setdefault(tally_keys.first_shard(key), Stored())
            cell.versions[key] = item.get("version")
            add_counts(cell.counts, counts_in(item))
        return cells

    def count_page(self, counted: Counted, after: Item | None) -> Item | None:
        """Adds a page of the table to `counted`. Gives the key to continue from."""
        page = self._table.scan(replace(self._scan(), after=after))
        for item in page.items:
            self._count(item, counted)
        return page.next

    def repair(self, cell: Key, stored: Stored, missing: Counts) -> bool:
        """Adds what is missing to the first shard, if its version is as it was read. Gives
        whether that was all. Raises as Table.transact."""
        # Other shards may have changed meanwhile. Their sums stay right.
        part = dict(islice(missing.items(), MOST_FIELDS))
        version = stored.versions.get(cell)
        when = {"version": ABSENT if version is None else version}
        self._table.transact([Update(cell, add={**part, "version": 1}, when=when)])
        return len(part) == len(missing)

    def _scan(self) -> Scan:
        raw = [kind.key.pk for kind in self._kinds.values()]
        return Scan([*raw, *tally_keys.counts_of(self._survey)], self._survey)

    def _count(self, item: Item, counted: Counted) -> None:
        if item["PK"].startswith(tally_keys.counts_of(self._survey)):
            counted.places.add(tally_keys.all_shards(item["PK"]))
        elif item["SK"] in self._kinds:
            for (segment, day), counts in self._kinds[item["SK"]].cells_of(item).items():
                for cell in _cells(item["survey"], segment, day):
                    add_counts(counted.cells.setdefault(cell, {}), counts)
                    counted.places.add(tally_keys.all_shards(cell.pk))


def _cells(survey_id: str, segment: str, day: str) -> tuple[Key, Key]:
    day_cell = tally_keys.tally(survey_id, segment, day, 0)
    return day_cell, tally_keys.month_tally(survey_id, segment, day[:7], 0)
