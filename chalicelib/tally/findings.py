"""What a recount knows of each cell, and what it reports. Pure."""

from collections.abc import Mapping

from msgspec import Struct, field

from chalicelib import tally_keys
from chalicelib.table import Key
from chalicelib.tally.cells import Stored
from chalicelib.tally.tally import Counts, difference


class Mismatch(Struct, frozen=True):
    """`day` is a month (`2026-11`) for a cell of the months."""

    survey: str
    segment: str
    day: str
    stored: Mapping[str, int]
    counted: Mapping[str, int]
    repaired: bool

    @property
    def difference(self) -> dict[str, int]:
        """What the tally lacked, by field."""
        return difference(self.stored, self.counted)


class Report(Struct, frozen=True):
    """Nothing is known of `busy` cells: they changed during every pass, or time ran out
    (`finished` False). A segment may name a person's team or firm: no log line holds one."""

    surveys: tuple[str, ...]
    cells: int
    busy: int
    mismatched: tuple[Mismatch, ...]
    finished: bool

    @property
    def checked(self) -> int:
        return self.cells - self.busy

    @property
    def repaired(self) -> int:
        return sum(mismatch.repaired for mismatch in self.mismatched)

    @property
    def is_settled(self) -> bool:
        return self.finished and not self.busy and self.repaired == len(self.mismatched)


class Finding(Struct, frozen=True):
    stored: Stored
    counted: Counts


class Findings(Struct):
    """`suspects` were wrong in the last pass, `wrong` in two passes in a row. Of `unsettled`
    cells nothing is sure."""

    cells: set[Key] = field(default_factory=set)
    unsettled: set[Key] = field(default_factory=set)
    suspects: dict[Key, Finding] = field(default_factory=dict)
    wrong: dict[Key, Finding] = field(default_factory=dict)
    repaired: set[Key] = field(default_factory=set)

    def start(self, cells: set[Key]) -> None:
        """The first pass says which cells there are."""
        if not self.cells:
            self.cells, self.unsettled = cells, set(cells)

    def compare(self, cell: Key, before: Stored | None, finding: Finding) -> bool:
        """Gives whether the cell is wrong for the second time in a row."""
        suspect = self.suspects.pop(cell, None)
        if before is None or before.versions != finding.stored.versions:
            return False
        if not difference(finding.stored.counts, finding.counted):
            self.unsettled.discard(cell)
            # Repaired by a try whose outcome was not known, or by another run.
            self.repaired |= {cell} & self.wrong.keys()
            return False
        if suspect != finding:
            self.suspects[cell] = finding
            return False
        self.wrong[cell] = finding
        return True

    @property
    def is_suspicious(self) -> bool:
        return bool(self.suspects or self.unsettled & self.wrong.keys())

    def report(self, finished: bool) -> Report:
        wrong = sorted(self.wrong.items(), key=lambda entry: tally_keys.named(entry[0]))
        return Report(
            surveys=tuple(sorted({tally_keys.named(cell)[0] for cell in self.cells})),
            cells=len(self.cells),
            busy=len(self.unsettled - self.wrong.keys()),
            mismatched=tuple(
                Mismatch(
                    *tally_keys.named(cell),
                    found.stored.counts,
                    found.counted,
                    cell in self.repaired,
                )
                for cell, found in wrong
            ),
            finished=finished,
        )
