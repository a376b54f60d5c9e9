"""Which counts of a sealed survey's questions may be shown. Pure.

A count of an option is a number of some people, as a cell is, and of the whole life of the
survey. What was shown once stays known. So the counts of a question are shown anew only if nothing
of what was ever shown of it, with the number of answers of each block, tells of fewer than k people
or that all of few chose the same. Otherwise they stay as they were.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from msgspec import Struct, field

from chalicelib.disclosure.cells import Publication
from chalicelib.disclosure.differences import UNIFORM_BELOW, Atom, tells_too_much

# In the place of an option: everybody who answered the question.
ANSWERED: Final = "*"
# A group by its answer is alike in its answer. What is asked is whether one by its time is.
_MIXED: Final = frozenset({"one", "other"})


class Said(Struct, frozen=True):
    """What one published answer says to a question; `chosen` is empty when it says nothing, and
    else has ANSWERED. `block` numbers the releases."""

    block: int
    chosen: frozenset[str]


class Shown(Struct, frozen=True):
    """`counts` are those of the last of `published`."""

    counts: Mapping[str, int] = field(default_factory=dict)
    published: tuple[Publication, ...] = ()

    @property
    def last_block(self) -> int:
        return self.published[-1].block if self.published else 0

    def last_shown(self, value: str) -> list[int]:
        """After which blocks, from none on."""
        return [0, *(one.block for one in self.published if value in one.values)]


def publish_options(
    said: Sequence[Said], before: Shown, options: Sequence[str], several: bool, k: int
) -> Shown:
    """Options that few chose are left out. `several` may be chosen by one person."""
    now = _Now(said, before, several, k)
    if now.block == before.last_block:
        return before
    found = [now.values(base, options) for base in ((ANSWERED,), ())]
    kept = [values for values in found if values and set(before.counts) <= {*values}]
    if not kept:
        return before
    # With an option at least, and else with who answered.
    values = next((values for values in kept if values != (ANSWERED,)), kept[0])
    counts = {value: now.count(value) for value in values}
    return Shown(counts, (*before.published, Publication(now.block, values)))


class _Now(Struct, frozen=True, dict=True):
    said: Sequence[Said]
    before: Shown
    several: bool
    k: int

    @cached_property
    def block(self) -> int:
        return max((one.block for one in self.said), default=0)

    def count(self, value: str, after: int = 0) -> int:
        return sum(value in one.chosen for one in self.said if one.block > after)

    def values(self, base: tuple[str, ...], options: Sequence[str]) -> tuple[str, ...]:
        if base and not self._may_show(base, (*base, *options)):
            return ()
        wanted = [option for option in options if self.count(option) >= self.k]
        if self.several:
            found = [one for one in wanted if self._may_show((*base, one), (ANSWERED, one))]
        else:
            found = self._together(base, wanted, (ANSWERED, *options))
        return (*base, *(option for option in options if option in found))

    def _together(
        self, base: tuple[str, ...], wanted: Sequence[str], told_apart: Sequence[str]
    ) -> list[str]:
        """Who chose one option chose no other, so what is left is a group, too: the smallest
        option is left out until it may be told."""
        found = sorted(wanted, key=self.count, reverse=True)
        while found and not self._may_show((*base, *found), told_apart):
            found.pop()
        return found

    def _may_show(self, values: Sequence[str], told_apart: Sequence[str]) -> bool:
        if any(self._is_too_little(value) for value in values):
            return False
        atoms = list(Counter((one.block, one.chosen & {*told_apart}) for one in self.said).items())
        people = [Atom(block, count, _MIXED) for (block, _), count in atoms]
        places = _Places([atom for atom, _ in atoms])
        known = places.blocks()
        for value in told_apart:
            known += places.between(value, self.before.last_shown(value))
        new = [
            one
            for value in values
            for one in places.between(value, [*self.before.last_shown(value), self.block])
            if one and one not in known
        ]
        return not tells_too_much(people, known, new, self.k)

    def _is_too_little(self, value: str) -> bool:
        """Since any time at which it was shown: few who chose it, or all of few who answered."""
        for after in self.before.last_shown(value):
            more, answered = self.count(value, after), self.count(ANSWERED, after)
            is_uniform = value != ANSWERED and 0 < more == answered < UNIFORM_BELOW
            if is_uniform or 0 < more < self.k:
                return True
        return False


class _Places(Struct, frozen=True):
    """Of people whom nothing tells apart: their block, and what they chose."""

    atoms: Sequence[tuple[int, Collection[str]]]

    def blocks(self) -> list[frozenset[int]]:
        found: dict[int, set[int]] = {}
        for place, (block, _) in enumerate(self.atoms):
            found.setdefault(block, set()).add(place)
        return [frozenset(places) for places in found.values()]

    def between(self, value: str, blocks: Sequence[int]) -> list[frozenset[int]]:
        """Who chose it from each of these blocks to the next."""
        return [
            frozenset(
                place
                for place, (block, chosen) in enumerate(self.atoms)
                if after < block <= up_to and value in chosen
            )
            for after, up_to in pairwise(blocks)
        ]
