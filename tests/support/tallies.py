"""Tallies with made-up counts."""

from collections.abc import Mapping

from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import tally_writes
from tests.support.fakes import FakeTable


def tallies(*cells: tuple[str, str, Mapping[str, int]], shard: int = 0) -> TallyStore:
    table = FakeTable()
    for segment, day, counts in cells:
        for write in tally_writes("s", {(segment, day): counts}, shard):
            table.write(write)
    return TallyStore(table)


def nps_counts(detractors: int, passives: int, promoters: int) -> dict[str, int]:
    counts = {"c3": detractors, "c7": passives, "c10": promoters}
    return {name: count for name, count in counts.items() if count} | {"n": sum(counts.values())}
