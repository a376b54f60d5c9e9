"""How many may be published together."""

import random
from itertools import pairwise

import pytest

from chalicelib.ballots.box import Box
from chalicelib.releases.block import MOST, size_of_last_block, size_of_next_block


def box(identity: str, group: int) -> Box:
    return Box("it", identity, group, "board")


def take_all(waiting: int, of: Box) -> list[int]:
    """The blocks of one release."""
    blocks = []
    while size := size_of_next_block(waiting, of):
        blocks.append(size)
        waiting -= size
    return blocks


@pytest.mark.parametrize(
    ("waiting", "blocks"),
    [(0, []), (9, []), (10, [5]), (14, [5]), (15, [10]), (40, [35]), (45, [40]), (50, [40, 5])],
)
def test_an_anonymous_survey_keeps_a_group_back(waiting: int, blocks: list[int]) -> None:
    assert take_all(waiting, box("anonymous", 5)) == blocks


@pytest.mark.parametrize(
    ("waiting", "blocks"),
    [(4, []), (5, [5]), (7, [7]), (40, [40]), (41, [36, 5]), (100, [40, 40, 20])],
)
def test_a_confidential_survey_publishes_all_that_wait(waiting: int, blocks: list[int]) -> None:
    assert take_all(waiting, box("confidential", 5)) == blocks


@pytest.mark.parametrize("identity", ["anonymous", "confidential"])
@pytest.mark.parametrize("group", range(5, 21))
def test_no_two_views_ever_differ_by_fewer_than_a_group(identity: str, group: int) -> None:
    chance = random.Random(f"{identity} {group}")
    for _ in range(200):
        of, waiting, views = box(identity, group), 0, [0]
        for _ in range(chance.randrange(1, 12)):
            waiting += chance.randrange(0, 60)
            for size in take_all(waiting, of):
                views.append(views[-1] + size)
                waiting -= size
            assert waiting >= of.keeps_back or len(views) == 1
        while size := size_of_last_block(waiting, group):
            views.append(views[-1] + size)
            waiting -= size
        steps = [after - before for before, after in pairwise(views)]
        assert all(group <= step <= MOST for step in steps)
        if identity == "anonymous" and len(views) > 1:
            assert waiting == 0, "nothing is left out once anything was published"
