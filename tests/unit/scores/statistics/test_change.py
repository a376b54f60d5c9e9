import json
from dataclasses import astuple
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.scores.statistics.change import (
    holm,
    is_clear,
    mean_change,
    nps_change,
    share_change,
)

KEPT = Path(__file__).parents[3] / "data"
VECTORS = json.loads((KEPT / "statistics_vectors.json").read_text())
REFERENCE = json.loads((KEPT / "statistics/reference.json").read_text())

EFFORT = (1.0, 7.0)
any_count = st.one_of(st.integers(0, 60), st.just(10**7))
any_bands = st.tuples(any_count, any_count, any_count)
one_to_seven = st.dictionaries(st.integers(1, 7), any_count, min_size=1)
chances = st.lists(st.floats(0, 1), max_size=12)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    answers = draw(st.one_of(st.integers(1, 60), st.just(10**7)))
    return draw(st.sampled_from([0, 1, answers // 2, answers])), answers


def points(counts: list[int]) -> dict[int, int]:
    return dict(enumerate(counts, 1))


@pytest.mark.parametrize("vector", VECTORS["change"], ids=lambda vector: vector["name"])
def test_every_vector_gives_its_change_of_nps(vector: dict[str, Any]) -> None:
    found = nps_change(tuple(vector["before_dsp"]), tuple(vector["after_dsp"]))
    assert found is not None
    expected = [vector[name] for name in ("diff_adj", "lo", "hi", "z", "p")]
    assert astuple(found) == pytest.approx(expected, abs=1e-6)


def test_no_answers_on_a_side_is_no_change_of_any_kind() -> None:
    assert nps_change((0, 0, 0), (1, 2, 3)) is nps_change((1, 2, 3), (0, 0, 0)) is None
    assert share_change((0, 0), (1, 2)) is share_change((1, 2), (0, 0)) is None
    assert mean_change({}, points([1, 2, 3]), EFFORT) is None


@pytest.mark.parametrize("row", REFERENCE["share_change"]["rows"], ids=str)
def test_a_change_of_share_is_newcombe_the_pooled_z_and_an_exact_p(row: list[float]) -> None:
    k1, n1, k2, n2, low, high, z, p = row
    found = share_change((k1, n1), (k2, n2))
    assert found is not None
    assert astuple(found) == pytest.approx([k2 / n2 - k1 / n1, low, high, z, p], abs=1e-9)


@pytest.mark.parametrize("all_or_none", [((0, 30), (0, 40)), ((30, 30), (40, 40))])
def test_all_before_and_all_after_is_no_change(all_or_none: Any) -> None:
    found = share_change(*all_or_none)
    assert found is not None
    assert (found.difference, found.statistic, found.p) == (0, 0, 1)
    assert found.low < 0 < found.high


@pytest.mark.parametrize("row", REFERENCE["mean_change"]["rows"], ids=str)
def test_a_change_of_mean_is_that_of_the_table(row: list[Any]) -> None:
    before, after, *expected = row
    found = mean_change(points(before), points(after), EFFORT)
    assert found is not None
    assert astuple(found) == pytest.approx(expected, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("sides", [({7: 30}, {7: 40}), ({5: 1}, {5: 1})])
def test_equal_answers_are_no_change_and_have_a_p(
    sides: tuple[dict[int, int], dict[int, int]],
) -> None:
    found = mean_change(*sides, EFFORT)
    assert found is not None
    assert (found.difference, found.p) == (0, 1)
    assert found.low < 0 < found.high


@pytest.mark.parametrize("row", REFERENCE["holm"]["rows"], ids=str)
def test_holm_adjusts_as_the_table_does(row: list[list[float]]) -> None:
    ps, expected = row
    assert holm(ps) == pytest.approx(expected, abs=1e-15)


def test_holm_of_nothing_is_nothing() -> None:
    assert holm([]) == []


@given(chances)
def test_holm_never_makes_clearer_and_keeps_the_order(ps: list[float]) -> None:
    adjusted = holm(ps)
    assert all(raw <= now <= 1 for raw, now in zip(ps, adjusted, strict=True))
    ordered = [now for _, now in sorted(zip(ps, adjusted, strict=True))]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize(
    ("p", "before", "after", "clear"),
    [
        (0.049, 20, 20, True),
        (0.05, 20, 20, False),
        (0.0001, 19, 5000, False),
        (0.0001, 5000, 19, False),
    ],
)
def test_a_change_is_clear_by_its_p_and_twenty_answers_on_both_sides(
    p: float, before: int, after: int, clear: bool
) -> None:
    assert is_clear(p, before, after) is clear


@given(any_bands, any_bands)
def test_any_change_of_nps_is_finite_and_mirrors(
    before: tuple[int, int, int], after: tuple[int, int, int]
) -> None:
    found, back = nps_change(before, after), nps_change(after, before)
    if found is None or back is None:
        assert 0 in (sum(before), sum(after))
        return
    assert all(map(isfinite, astuple(found)))
    assert -200 <= found.difference <= 200
    assert astuple(back) == pytest.approx(
        [-found.difference, -found.high, -found.low, -found.statistic, found.p]
    )


@given(shares(), shares())
def test_any_change_of_share_is_finite_and_mirrors(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    found, back = share_change(before, after), share_change(after, before)
    assert found is not None
    assert back is not None
    assert all(map(isfinite, astuple(found)))
    assert -1 <= found.low <= found.difference <= found.high <= 1
    assert astuple(back) == pytest.approx(
        [-found.difference, -found.high, -found.low, -found.statistic, found.p]
    )


@given(one_to_seven, one_to_seven)
def test_any_change_of_mean_is_finite_and_mirrors(
    before: dict[int, int], after: dict[int, int]
) -> None:
    found, back = mean_change(before, after, EFFORT), mean_change(after, before, EFFORT)
    if found is None or back is None:
        assert found is back is None
        return
    assert all(map(isfinite, astuple(found)))
    assert -6 <= found.low < found.high <= 6
    assert found.low <= found.difference <= found.high
    assert astuple(back) == pytest.approx(
        [-found.difference, -found.high, -found.low, -found.statistic, found.p]
    )
