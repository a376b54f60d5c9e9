import json
from dataclasses import astuple
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.scores.statistics.association import auc, newcombe, risk_ratio, spearman

KEPT = Path(__file__).parents[3] / "data"
VECTORS = json.loads((KEPT / "statistics_vectors.json").read_text())
REFERENCE = json.loads((KEPT / "statistics/reference.json").read_text())

any_count = st.one_of(st.integers(0, 40), st.just(10**7))
by_any_score = st.dictionaries(st.integers(0, 10), st.tuples(any_count, any_count))


@st.composite
def groups(draw: st.DrawFn) -> tuple[int, int]:
    people = draw(st.one_of(st.integers(1, 60), st.just(10**7)))
    return draw(st.sampled_from([0, 1, people // 2, people - 1, people])), people


def scored(by_score: dict[str, list[int]]) -> dict[int, tuple[int, int]]:
    return {int(score): (yes, no) for score, (yes, no) in by_score.items()}


@pytest.mark.parametrize("vector", VECTORS["two_groups"], ids=lambda v: f"{v['a']} {v['b']}")
def test_every_vector_of_two_groups(vector: dict[str, Any]) -> None:
    difference = newcombe(*vector["a"], *vector["b"])
    ratio = risk_ratio(*vector["a"], *vector["b"])
    assert difference is not None
    assert ratio is not None
    assert astuple(difference) == pytest.approx(vector["diff_newcombe"], abs=1e-6)
    assert astuple(ratio)[:3] == pytest.approx(vector["risk_ratio"], abs=1e-6)
    assert ratio.half_added is vector["half_added"]


@pytest.mark.parametrize("vector", VECTORS["outcomes"], ids=lambda vector: vector["name"])
def test_every_vector_of_outcomes(vector: dict[str, Any]) -> None:
    by_score = scored(vector["by_score_yes_no"])
    order, rank = auc(by_score), spearman(by_score)
    if vector["auc"] is None:
        assert order is rank is None
        return
    assert order is not None
    assert astuple(order) == pytest.approx(vector["auc"], abs=1e-6)
    assert rank == pytest.approx(vector["spearman"], abs=1e-6)


@pytest.mark.parametrize("row", REFERENCE["risk_ratio"]["rows"], ids=str)
def test_the_risk_ratio_is_that_of_the_table(row: list[float]) -> None:
    found = risk_ratio(*row[:4])  # type: ignore[arg-type]
    assert found is not None
    assert astuple(found) == pytest.approx([*row[4:], False], abs=1e-9)


@pytest.mark.parametrize("row", REFERENCE["outcomes"]["rows"], ids=lambda row: str(row[1]))
def test_ties_are_ranked_and_ordered_as_in_the_table(row: list[Any]) -> None:
    order = auc(scored(row[0]))
    assert order is not None
    assert spearman(scored(row[0])) == pytest.approx(row[1], abs=1e-12)
    assert order.value == pytest.approx(row[2], abs=1e-12)


@pytest.mark.parametrize("people", [2, 2000])
def test_two_full_groups_are_alike_but_never_certain(people: int) -> None:
    found = risk_ratio(people, people, people, people)
    assert found is not None
    assert found.half_added
    assert found.low < found.value == 1 < found.high


def test_a_group_of_nobody_is_compared_with_none() -> None:
    assert newcombe(0, 0, 3, 5) is newcombe(3, 5, 0, 0) is None
    assert risk_ratio(0, 0, 3, 5) is risk_ratio(3, 5, 0, 0) is None


@pytest.mark.parametrize("one_sided", [{}, {9: (4, 0)}, {2: (0, 7), 5: (0, 1)}])
def test_all_yes_or_all_no_has_no_order(one_sided: dict[int, tuple[int, int]]) -> None:
    assert auc(one_sided) is spearman(one_sided) is None


def test_one_score_only_has_no_rank_and_an_even_order() -> None:
    order = auc({8: (3, 4)})
    assert spearman({8: (3, 4), 9: (0, 0)}) is None
    assert order is not None
    assert order.value == 0.5


def test_a_perfect_order_is_one() -> None:
    found = auc({3: (0, 5), 9: (5, 0)})
    assert found is not None
    assert found.value == found.high == 1


@given(by_any_score)
def test_yes_and_no_swapped_turn_the_order_round(by_score: dict[int, tuple[int, int]]) -> None:
    swapped = {score: (no, yes) for score, (yes, no) in by_score.items()}
    order, turned = auc(by_score), auc(swapped)
    if order is None or turned is None:
        assert order is turned is None
        return
    assert all(map(isfinite, astuple(order)))
    assert 0 <= order.low <= order.value <= order.high <= 1
    assert turned.value == pytest.approx(1 - order.value)
    rank, turned_rank = spearman(by_score), spearman(swapped)
    if rank is None or turned_rank is None:
        assert rank is turned_rank is None
        return
    assert -1 <= rank <= 1
    assert turned_rank == pytest.approx(-rank)
    # Both say in which direction, so they must agree in it.
    assert (rank > 0) == (order.value > 0.5)


@given(groups(), groups())
def test_the_groups_swapped_turn_the_sign_and_the_ratio(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    difference, turned = newcombe(*first, *second), newcombe(*second, *first)
    assert difference is not None
    assert turned is not None
    assert astuple(turned) == pytest.approx([-difference.value, -difference.high, -difference.low])
    assert -1 <= difference.low <= difference.value <= difference.high <= 1
    ratio, other = risk_ratio(*first, *second), risk_ratio(*second, *first)
    assert ratio is not None
    assert other is not None
    assert all(map(isfinite, astuple(ratio)))
    assert 0 < ratio.low < ratio.value < ratio.high
    assert [other.value, other.low, other.high] == pytest.approx(
        [1 / ratio.value, 1 / ratio.high, 1 / ratio.low]
    )
