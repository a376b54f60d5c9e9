"""Which cells of a sealed survey are shown, and what stays hidden."""

import pytest

from chalicelib.disclosure.cells import Cells, Row, publish_cells
from tests.support.waves import row

TEAMS = [f"team={name}" for name in ("Desk", "Network", "Sales")]


def block(number: int, score: int | None = None, **counts: int) -> list[Row]:
    """Answers of the teams: half of them 3, half of them 9, or all `score`."""
    return [
        row(number, f"team={name}", score=score if score is not None else (3, 9)[at % 2])
        for name, count in counts.items()
        for at in range(count)
    ]


def shown(cells: Cells, name: str = "team") -> dict[str, int]:
    dimension = cells.get(name)
    if dimension is None:
        return {}
    return {value: sum(counts.values()) for value, counts in dimension.cells.items()}


def test_cells_of_five_are_shown_with_their_counts() -> None:
    cells = publish_cells(block(1, Desk=5, Network=6), {}, 5, TEAMS[:2])
    assert cells["team"].cells == {"Desk": {3: 3, 9: 2}, "Network": {3: 3, 9: 3}}


@pytest.mark.parametrize("k", [5, 8, 12])
def test_no_cell_below_k_is_shown(k: int) -> None:
    cells = publish_cells(block(1, Desk=k - 1, Network=k - 1, Sales=3 * k), {}, k, TEAMS)
    assert shown(cells) == {"Sales": 3 * k}
    assert cells["team"].hidden == {"Desk": "fewer_than_k", "Network": "fewer_than_k"}


def test_a_single_hidden_value_takes_the_next_smallest_with_it() -> None:
    cells = publish_cells(block(1, Desk=9, Network=27, Sales=4), {}, 5, TEAMS)
    assert shown(cells) == {"Network": 27}
    assert cells["team"].hidden == {"Desk": "protects_another", "Sales": "fewer_than_k"}


def test_hidden_values_that_are_few_together_take_another_with_them() -> None:
    cells = publish_cells(block(1, Desk=1, Network=2, Sales=20), {}, 5, TEAMS)
    assert shown(cells) == {}


def test_people_without_a_value_count_as_hidden() -> None:
    rows = [*block(1, Desk=6, Network=8), row(1, score=3)]
    assert shown(publish_cells(rows, {}, 5, TEAMS[:2])) == {"Network": 8}


def test_a_value_that_nobody_gave_looks_like_one_of_few() -> None:
    cells = publish_cells(block(1, Desk=6, Network=8), {}, 5, TEAMS)
    assert cells["team"].hidden == {"Sales": "fewer_than_k"}


def test_a_cell_of_one_band_is_too_uniform_and_not_told_by_the_rest() -> None:
    rows = [*block(1, Desk=30, Network=8), *block(1, 10, Sales=5)]
    cells = publish_cells(rows, {}, 5, TEAMS)
    assert shown(cells) == {"Desk": 30}
    assert cells["team"].hidden == {"Network": "protects_another", "Sales": "too_uniform"}


def test_twenty_answers_of_one_band_are_shown() -> None:
    rows = [*block(1, Desk=30), *block(1, 10, Network=20)]
    assert shown(publish_cells(rows, {}, 5, TEAMS[:2])) == {"Desk": 30, "Network": 20}


def test_cells_stay_while_one_value_has_grown_by_less_than_k() -> None:
    rows = block(1, Desk=6, Network=8)
    first = publish_cells(rows, {}, 5, TEAMS[:2])
    grown = [*rows, *block(2, Desk=5, Network=4)]
    assert publish_cells(grown, first, 5, TEAMS[:2]) == first


def test_cells_grow_once_every_value_has_k_more_or_none() -> None:
    rows = block(1, Desk=6, Network=8)
    first = publish_cells(rows, {}, 5, TEAMS[:2])
    grown = [*rows, *block(2, Desk=6, Network=4), *block(3, Desk=2, Network=5)]
    assert shown(publish_cells(grown, first, 5, TEAMS[:2])) == {"Desk": 14, "Network": 17}
    only_one = [*rows, *block(2, Desk=7)]
    assert shown(publish_cells(only_one, first, 5, TEAMS[:2])) == {"Desk": 13, "Network": 8}


def test_a_cell_is_not_shown_when_a_day_of_all_answers_tells_its_rest() -> None:
    # All of Desk answered in the first block, and two of Network: day 1 less Desk is these two.
    rows = [*block(1, Desk=6, Network=2), *block(2, Network=9)]
    assert shown(publish_cells(rows, {}, 5, TEAMS[:2])) == {}


def test_growth_of_one_band_is_not_told_by_two_releases() -> None:
    rows = block(1, Desk=20, Network=20)
    first = publish_cells(rows, {}, 5, TEAMS[:2])
    grown = [*rows, *block(2, 10, Desk=6), *block(2, Network=6)]
    assert publish_cells(grown, first, 5, TEAMS[:2]) == first


def test_two_dimensions_are_shown_when_they_cross_well() -> None:
    rows = [
        row(1, f"team={team}", f"role={role}", score=(3, 9)[at % 2])
        for team in ("Desk", "Network")
        for role in ("manager", "member")
        for at in range(6)
    ]
    cells = publish_cells(rows, {}, 5, [*TEAMS[:2], "role=manager", "role=member"])
    assert shown(cells) == {"Desk": 12, "Network": 12}
    assert shown(cells, "role") == {"manager": 12, "member": 12}


def test_a_dimension_that_differs_from_another_by_few_is_left_out() -> None:
    # All managers are in Network, which has two others.
    rows = [row(1, "team=Network", "role=manager", score=(3, 9)[at % 2]) for at in range(8)]
    rows += [row(1, "team=Network", "role=member", score=score) for score in (3, 9)]
    rows += [row(1, "team=Desk", "role=member", score=(3, 9)[at % 2]) for at in range(12)]
    cells = publish_cells(rows, {}, 5, [*TEAMS[:2], "role=manager", "role=member"])
    assert shown(cells) == {"Desk": 12, "Network": 10}
    assert shown(cells, "role") == {}


def test_the_same_rows_again_change_nothing() -> None:
    rows = block(1, Desk=6, Network=8)
    first = publish_cells(rows, {}, 5, TEAMS[:2])
    assert publish_cells(rows, first, 5, TEAMS[:2]) == first
