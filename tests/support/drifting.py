"""Surveys whose sites are all alike in each month, while the score falls and one site grows."""

from collections.abc import Sequence
from random import Random

from chalicelib.periods import month_after
from chalicelib.scores.compare import without
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.metric import ByPoint
from chalicelib.surveys.scale import Scale
from tests.support.chance import Weights, drawn
from tests.support.facts import DAYS, row

MONTHS = 4
USUAL, GROWN = (5, 3, 2), (2, 2, 6)  # tenths of the answers, by site
# From 40 points to 10, and to 0.
FALLS: dict[str, Weights] = {
    "30 points": [35, *[0] * 6, 20, 0, 0, 45],
    "40 points": [40, *[0] * 6, 20, 0, 0, 40],
}
GOOD: Weights = [20, *[0] * 6, 20, 0, 0, 60]


def tells_of_a_gap(answers: int, fallen: Weights, random: Random) -> bool:
    """Whether the last month is told that a site differs from the others."""
    months = [_month(answers, USUAL, GOOD, random) for _ in range(MONTHS - 1)]
    months.append(_month(answers, GROWN, fallen, random))
    whole = [_sum(month) for month in months]
    everybody = _named(_sum(whole))
    sites = range(len(USUAL))
    facts = Facts(
        scale=Scale.NPS,
        days=DAYS,
        today=month_after(DAYS.end),
        now=_named(whole[-1]),
        before=_named(_sum(whole[:-1])),
        segments=[
            row(everybody, _named(_sum([month[site] for month in months])), f"{site}")
            for site in sites
        ],
        by_month={
            ("role", f"{site}"): [
                (without(all_, month[site]), month[site])
                for all_, month in zip(whole, months, strict=True)
            ]
            for site in sites
        },
    )
    return "segment_gap" in {found["rule"] for found in insights(facts)}


def false_gaps(runs: int, seed: int) -> dict[str, float]:
    random = Random(seed)
    return {
        f"fell by {fall}, {answers} a month": sum(
            tells_of_a_gap(answers, fallen, random) for _ in range(runs)
        )
        / runs
        for fall, fallen in FALLS.items()
        for answers in (150, 400)
    }


def _month(answers: int, tenths: Sequence[int], weights: Weights, random: Random) -> list[ByPoint]:
    return [drawn(Scale.NPS, weights, answers * tenth // 10, random) for tenth in tenths]


def _sum(parts: Sequence[ByPoint]) -> dict[int, int]:
    return {point: sum(part[point] for part in parts) for point in parts[0]}


def _named(points: ByPoint) -> dict[str, int]:
    return {f"c{point}": count for point, count in points.items()} | {"n": sum(points.values())}
