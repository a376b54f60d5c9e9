import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from chalicelib.scores.statistics.trend import Month, trend_of

KEPT = Path(__file__).parents[3] / "data"
REFERENCE = json.loads((KEPT / "statistics/reference.json").read_text())
POINTS = (-100.0, 100.0)
GROWING = (5, 5, 6, 8, 9, 12, 15, 20, 26, 34, 45, 60)


def months_of(row: list[Any]) -> list[Month]:
    return [(x, {int(value): count for value, count in counts.items()}) for x, counts in row]


@pytest.mark.parametrize("row", REFERENCE["trend"]["rows"], ids=lambda row: str(len(row[0])))
def test_a_trend_is_that_of_the_table(row: list[Any]) -> None:
    found = trend_of(months_of(row[0]), tuple(row[1]))
    assert found is not None
    assert astuple(found) == pytest.approx(row[2:], rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("volumes", [GROWING, GROWING[::-1], [3] * 12, [500, *[3] * 11]])
@pytest.mark.parametrize("value", [-100, 0, 100])
def test_volume_alone_is_no_trend(volumes: list[int], value: int) -> None:
    found = trend_of([(x, {value: count}) for x, count in enumerate(volumes)], POINTS)
    assert found is not None
    assert (found.per_step, found.p) == (pytest.approx(0), 1)
    assert found.low < 0 < found.high


def test_a_trend_is_the_same_from_any_first_month_and_mirrors() -> None:
    months = [(x, {-100: 12 - x, 0: 10, 100: 20 + x}) for x in range(12)]
    found, later, mirrored = (
        trend_of(made, POINTS)
        for made in (
            months,
            [(x + 24_000, counts) for x, counts in months],
            [(-x, counts) for x, counts in months],
        )
    )
    assert found is not None
    assert later is not None
    assert mirrored is not None
    assert 0 < found.low < found.per_step < found.high
    assert astuple(later) == pytest.approx(astuple(found))
    assert mirrored.per_step == pytest.approx(-found.per_step)


@pytest.mark.parametrize(
    "few",
    [
        [],
        [(0, {0: 5}), (1, {100: 9})],
        [(4, {0: 5}), (4, {100: 9}), (4, {0: 1})],
        [(0, {0: 5}), (1, {100: 0}), (2, {}), (3, {100: 1})],
    ],
    ids=["none", "two months", "one moment", "two with answers"],
)
def test_no_trend_where_no_line_can_be_laid(few: list[Month]) -> None:
    assert trend_of(few, POINTS) is None
