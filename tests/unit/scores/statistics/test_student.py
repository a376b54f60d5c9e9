import json
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.scores.statistics.student import t_quantile, t_two_sided

REFERENCE = json.loads((Path(__file__).parents[3] / "data/statistics/reference.json").read_text())
freedoms = st.floats(1, 1e6)


def t_cdf(t: float, df: float) -> float:
    tail = t_two_sided(t, df) / 2
    return 1 - tail if t > 0 else tail


def test_the_quantiles_are_those_of_the_table() -> None:
    rows = REFERENCE["t_quantile"]["rows"]
    found = [t_quantile(p, df) for p, df, _ in rows]
    assert found == pytest.approx([row[-1] for row in rows], rel=1e-10, abs=1e-10)


def test_the_shares_below_are_those_of_the_table() -> None:
    rows = REFERENCE["t_cdf"]["rows"]
    found = [t_cdf(t, df) for t, df, _ in rows]
    assert found == pytest.approx([row[-1] for row in rows], abs=1e-11)


def test_the_far_tail_keeps_its_digits() -> None:
    # 2 * scipy.stats.t.sf
    assert t_two_sided(35, 1e6) == pytest.approx(3.2749836326749174e-268, rel=1e-8)
    assert t_two_sided(-60, 7) == pytest.approx(9.377600658329014e-11, rel=1e-9)


@given(st.floats(1e-9, 1 - 1e-9), freedoms)
def test_the_quantile_undoes_the_share_below(p: float, df: float) -> None:
    assert t_cdf(t_quantile(p, df), df) == pytest.approx(p, abs=1e-11)


@given(st.floats(-1e300, 1e300), freedoms)
def test_both_sides_are_alike_and_finite(t: float, df: float) -> None:
    assert 0 <= t_two_sided(t, df) <= 1
    assert t_cdf(t, df) + t_cdf(-t, df) == pytest.approx(1, abs=1e-15)
    assert isfinite(t_cdf(t, df))


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.1])
def test_no_quantile_outside_of_the_curve(p: float) -> None:
    with pytest.raises(ValueError, match=str(p)):
        t_quantile(p, 5)
