"""A15 and A16 on the API: a viewer asks for every day, every range and every split after each
release, keeps all numbers, and solves them for groups of fewer than five."""

from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.attacker import Shown, small_groups
from tests.support.sealed import DAY, Said, Sealed

SITES, ROLES = ("Osaka", "Oslo"), ("manager", "member")


class Viewer:
    """`said` has all published answers, in order, with the number of their release."""

    def __init__(self, sealed: Sealed) -> None:
        self.sealed, self.said = sealed, list[tuple[int, Said]]()
        self.kept: list[Shown] = []

    def publish(self, block: list[Said]) -> None:
        self.sealed.publish(block)
        self.said += [(self.sealed.releases, said) for said in block]

    def look(self) -> None:
        days = [DAY + timedelta(days=number) for number in range(self.sealed.releases + 1)]
        for first, end in combinations(days, 2):
            self._keep_range(first, end)
        for name in ("site", "role"):
            for row in self.sealed.told("scores", by=name)["segments"]:
                self._keep_cell(row)

    def _keep_range(self, first: date, end: date) -> None:
        shown = self.sealed.told("scores", from_=first, to=end, fields="distribution")
        within = range((first - DAY).days + 1, (end - DAY).days + 1)
        people = frozenset(at for at, (block, _) in enumerate(self.said) if block in within)
        if shown["distribution"]:
            self._check(shown["distribution"], people)
            self.kept.append(people)

    def _keep_cell(self, row: dict[str, Any]) -> None:
        group, release = f"{row['segment']}={row['value']}", row["release"]
        people = frozenset(
            at
            for at, (block, said) in enumerate(self.said)
            if block <= release and group in said.groups
        )
        if row["distribution"]:
            self._check(row["distribution"], people)
            self.kept.append(people)

    def _check(self, distribution: dict[str, int], people: Shown) -> None:
        """That these are the people whom the number is of."""
        scores = [self.said[at][1].score for at in people]
        assert distribution == {point: scores.count(int(point)) for point in distribution}


@pytest.mark.parametrize("seed", range(4))
def test_no_view_and_no_sum_of_views_tells_of_fewer_than_five_a15_a16(
    heed: Heed, clock: Any, seed: int
) -> None:
    viewer, chance = Viewer(Sealed(heed, clock)), Random(seed)
    for _ in range(3):
        count = chance.choice([5, 8, 12])
        groups = [
            (f"site={chance.choice(SITES)}", f"role={chance.choice(ROLES)}") for _ in range(count)
        ]
        viewer.publish([Said(chance.choice([2, 8, 9]), None, group) for group in groups])
        viewer.look()
    assert viewer.kept
    assert list(small_groups(viewer.kept, 5)) == []
