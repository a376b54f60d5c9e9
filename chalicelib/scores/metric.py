"""The metric of each scale: NPS for 0-10, the share of the best two for 1-5 (CSAT), the mean
for 1-7 (CES), the share of yes for thumbs. No metric is turned into another. Pure.

Scores of nps, csat and thumbs are points of 100; scores of ces are points of its scale.
"""

from collections.abc import Mapping
from dataclasses import replace

from msgspec import Struct

from chalicelib.scores.statistics.change import (
    Change,
    mean_change,
    nps_change,
    share_change,
)
from chalicelib.scores.statistics.exact import permutation_p
from chalicelib.scores.statistics.intervals import (
    Ends,
    Interval,
    mean_of,
    nps,
    nps_interval,
    wilson,
)
from chalicelib.surveys.scale import Scale, band_of, is_happy, points_of

ByPoint = Mapping[int, int]
# The lowest and the highest score of each scale.
ENDS: dict[Scale, Ends] = {
    Scale.NPS: (-100.0, 100.0),
    Scale.CSAT: (0.0, 100.0),
    Scale.CES: (1.0, 7.0),
    Scale.THUMBS: (0.0, 100.0),
}


class Score(Struct, frozen=True):
    """`sd` is the standard deviation of the answers; None unless the score is a mean."""

    value: float
    interval: Interval | None
    sd: float | None = None


def by_point(counts: Mapping[str, int], scale: str) -> dict[int, int]:
    return {point: counts.get(f"c{point}", 0) for point in points_of(scale)}


def bands_of(points: ByPoint, scale: str) -> dict[str, int]:
    """The lowest band first."""
    bands: dict[str, int] = {}
    for point, count in points.items():
        band = band_of(point, scale).value
        bands[band] = bands.get(band, 0) + count
    return bands


def score_of(points: ByPoint, scale: str) -> Score | None:
    """None when nobody answered."""
    if scale == Scale.NPS:
        bands = _nps_bands(points)
        value = nps(*bands)
        return None if value is None else Score(value, nps_interval(*bands))
    if scale == Scale.CES:
        mean = mean_of(points, ENDS[Scale.CES])
        return Score(mean.value, mean.interval, mean.sd) if mean else None
    happy, answers = _happy_and_all(points, scale)
    between = wilson(happy, answers)
    return Score(100 * happy / answers, _percent(between)) if between else None


def change_of(before: ByPoint, after: ByPoint, scale: str) -> Change | None:
    """`after` less `before`, in the units of the score. None when it cannot be tested."""
    if scale == Scale.NPS:
        change = nps_change(_nps_bands(before), _nps_bands(after))
        dealt = permutation_p(values_of(before, scale), values_of(after, scale)) if change else 1.0
        # The first cries wolf where a small side is of two minds, the second where it agrees.
        return replace(change, p=max(change.p, dealt)) if change else None
    if scale == Scale.CES:
        return mean_change(before, after, ENDS[Scale.CES])
    found = share_change(_happy_and_all(before, scale), _happy_and_all(after, scale))
    if found is None:
        return None
    return Change(
        100 * found.difference, 100 * found.low, 100 * found.high, found.statistic, found.p
    )


def values_of(points: ByPoint, scale: str) -> dict[int, int]:
    """Answers by the value whose mean is the score."""
    if scale == Scale.CES:
        return dict(points)
    if scale == Scale.NPS:
        return dict(zip((-100, 0, 100), _nps_bands(points), strict=True))
    happy, answers = _happy_and_all(points, scale)
    return {0: answers - happy, 100: happy}


def _nps_bands(points: ByPoint) -> tuple[int, int, int]:
    detractors, passives, promoters = bands_of(points, Scale.NPS).values()
    return detractors, passives, promoters


def _happy_and_all(points: ByPoint, scale: str) -> tuple[int, int]:
    happy = sum(count for point, count in points.items() if is_happy(band_of(point, scale)))
    return happy, sum(points.values())


def _percent(share: Interval) -> Interval:
    return Interval(100 * share.low, 100 * share.high)
