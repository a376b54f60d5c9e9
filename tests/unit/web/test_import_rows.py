from collections.abc import Sequence
from itertools import chain, repeat

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Invalid, Unavailable
from chalicelib.web.csv_import import Row
from chalicelib.web.import_progress import NoProgress
from chalicelib.web.import_rows import Fate, RowKind, Stored, import_rows
from chalicelib.web.schemas import RowStatus

ALWAYS = repeat(1.0).__next__


class Kept:
    def __init__(self) -> None:
        self.done: dict[int, RowStatus] = {}

    def save(self, done: dict[int, RowStatus]) -> None:
        self.done = done


class World:
    """Rows that say their own fate; what is stored is counted."""

    def __init__(self, fates: Sequence[str]) -> None:
        self.rows = [Row(line, {"id": f"row-{line}"}, frozenset()) for line in range(len(fates))]
        self.fates = {f"row-{line}": fate for line, fate in enumerate(fates)}
        self.stored: list[str] = []
        self.kind = RowKind("id", self.read, lambda value: value, self.store, 100)

    def read(self, row: Row) -> str:
        if self.fates[row.cells["id"]] == "refused":
            raise Invalid([])
        return row.cells["id"]

    def store(self, values: Sequence[str]) -> list[Fate]:
        assert len(values) <= 100
        self.stored += values
        return [
            Unavailable() if self.fates[value] == "failed" else self._stored(value)
            for value in values
        ]

    def _stored(self, value: str) -> Stored:
        return Stored(value, repeated=self.fates[value] == "repeated")


@given(st.lists(st.sampled_from(["stored", "repeated", "refused", "failed"]), max_size=8))
def test_every_row_has_a_result_and_is_in_one_count(wanted: list[str]) -> None:
    world = World(wanted)
    done = import_rows(world.rows, world.kind, NoProgress(), ALWAYS)
    assert [one["status"] for one in done["results"]] == wanted
    counts = [done[name] for name in ("stored", "repeated", "refused", "failed", "waiting")]
    assert sum(counts) == done["rows"] == len(wanted)


def test_what_was_not_reached_in_time_waits_and_the_next_request_goes_on_there() -> None:
    world, kept = World(["stored"] * 250 + ["repeated"] * 80), Kept()
    two_batches = chain([1.0, 1.0], repeat(0.0)).__next__
    first = import_rows(world.rows, world.kind, kept, two_batches)
    assert (first["stored"], first["waiting"]) == (200, 130)
    second = import_rows(world.rows, world.kind, kept, ALWAYS)
    assert (second["stored"], second["repeated"], second["waiting"]) == (250, 80, 0)
    assert len(world.stored) == len(set(world.stored)) == 330


def test_a_row_that_failed_is_tried_again_and_no_other() -> None:
    world, kept = World(["stored", "failed", "refused", "stored"]), Kept()
    import_rows(world.rows, world.kind, kept, ALWAYS)
    world.fates["row-1"] = "stored"
    done = import_rows(world.rows, world.kind, kept, ALWAYS)
    assert (done["stored"], done["failed"], done["refused"]) == (3, 0, 1)
    assert world.stored == ["row-0", "row-1", "row-3", "row-1"]


def test_how_far_it_came_is_saved_on_the_way() -> None:
    world, kept = World(["stored"] * 1_500), Kept()
    calls = 0

    def cut_off(values: Sequence[str]) -> list[Fate]:
        nonlocal calls
        calls += 1
        if calls == 14:
            raise KeyboardInterrupt  # the function is stopped
        return world.store(values)

    kind = RowKind("id", world.read, world.kind.id_of, cut_off, 100)
    try:
        import_rows(world.rows, kind, kept, ALWAYS)
    except KeyboardInterrupt:
        assert len(kept.done) == 1_000


def test_a_batch_that_fails_as_a_whole_leaves_the_other_batches() -> None:
    world = World(["stored"] * 150)

    def store(values: Sequence[str]) -> list[Fate]:
        if "row-0" in values:
            raise Unavailable
        return world.store(values)

    kind = RowKind("id", world.read, world.kind.id_of, store, 100)
    done = import_rows(world.rows, kind, NoProgress(), ALWAYS)
    assert (done["failed"], done["stored"]) == (100, 50)
