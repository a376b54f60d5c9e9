"""Answers drawn by chance, and how often the tests then say that something happened. Each
function is seeded, so it says the same on every day."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import pi, sin
from random import Random

from chalicelib.scores.compare import without
from chalicelib.scores.metric import ENDS, ByPoint, change_of, score_of, values_of
from chalicelib.scores.statistics.change import SIGNIFICANT, holm
from chalicelib.scores.statistics.trend import trend_of
from chalicelib.surveys.scale import Scale, points_of

Weights = Sequence[float]
# By scale, how often each point is chosen, the lowest first.
SHAPES: dict[str, dict[str, Weights]] = {
    Scale.NPS: {
        "typical": (2, 1, 2, 3, 4, 4, 4, 10, 20, 30, 20),
        "skewed": (1, 0, 0, 0, 0, 1, 0, 2, 3, 13, 80),
        "polarised": (25, 15, 5, 0, 0, 5, 0, 0, 0, 10, 40),
        "perfect": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    },
    Scale.CSAT: {
        "typical": (5, 10, 20, 40, 25),
        "skewed": (1, 1, 1, 7, 90),
        "polarised": (35, 10, 5, 10, 40),
    },
    Scale.CES: {
        "typical": (2, 3, 5, 10, 20, 35, 25),
        "skewed": (3, 2, 2, 3, 5, 15, 70),
        "very skewed": (2, 1, 1, 1, 2, 8, 85),
        "polarised": (45, 5, 0, 0, 0, 5, 45),
    },
    Scale.THUMBS: {"typical": (30, 70), "skewed": (3, 97), "polarised": (50, 50)},
}
VOLUMES: dict[str, Callable[[int, int], float]] = {
    "constant": lambda month, usual: usual,
    "growing": lambda month, usual: usual * 1.35 ** (month - 6),
    "shrinking": lambda month, usual: usual * 1.35 ** (6 - month),
    "seasonal": lambda month, usual: usual * (1 + 0.8 * sin(pi * month / 6)),
}


def every_shape() -> Iterable[tuple[str, str]]:
    return [(scale, shape) for scale, shapes in SHAPES.items() for shape in shapes]


def drawn(scale: str, weights: Weights, answers: int, random: Random) -> ByPoint:
    counts = Counter(random.choices(points_of(scale), weights, k=answers))
    return {point: counts[point] for point in points_of(scale)}


def covered(shape: str, answers: int, runs: int, seed: int) -> float:
    """How often the interval of a CES holds the true mean."""
    random, weights = Random(seed), SHAPES[Scale.CES][shape]
    held, true = 0, _mean(weights)
    for _ in range(runs):
        found = score_of(drawn(Scale.CES, weights, answers, random), Scale.CES)
        held += bool(found and found.interval and found.interval.low <= true <= found.interval.high)
    return held / runs


def change_covered(shapes: tuple[str, str], sides: tuple[int, int], runs: int, seed: int) -> float:
    """How often the interval of a change of CES holds the true one."""
    random = Random(seed)
    before, after = (SHAPES[Scale.CES][shape] for shape in shapes)
    held, true = 0, _mean(after) - _mean(before)
    for _ in range(runs):
        old = drawn(Scale.CES, before, sides[0], random)
        change = change_of(old, drawn(Scale.CES, after, sides[1], random), Scale.CES)
        held += bool(change and change.low <= true <= change.high)
    return held / runs


def changed(scale: str, shape: str, sides: tuple[int, int], runs: int, seed: int) -> float:
    """How often a change is found between two draws from the same shape."""
    random, weights, found = Random(seed), SHAPES[scale][shape], 0
    for _ in range(runs):
        before, after = (drawn(scale, weights, side, random) for side in sides)
        change = change_of(before, after, scale)
        found += bool(change and change.p < SIGNIFICANT)
    return found / runs


def gapped(scale: str, shape: str, sizes: Sequence[int], runs: int, seed: int) -> float:
    """How often any segment, by Holm, differs from the rest, when all have the same shape."""
    random, weights, found = Random(seed), SHAPES[scale][shape], 0
    for _ in range(runs):
        parts = [drawn(scale, weights, size, random) for size in sizes]
        whole = {point: sum(part[point] for part in parts) for point in points_of(scale)}
        gaps = [change_of(without(whole, part), part, scale) for part in parts]
        found += min(holm([gap.p for gap in gaps if gap])) < SIGNIFICANT
    return found / runs


def trending(scale: str, shape: str, volume: str, usual: int, runs: int, seed: int) -> float:
    """How often a trend is found in twelve months of the same shape."""
    random, weights, found = Random(seed), SHAPES[scale][shape], 0
    answers = [max(3, round(VOLUMES[volume](month, usual))) for month in range(12)]
    for _ in range(runs):
        months = [
            (month, values_of(drawn(scale, weights, count, random), scale))
            for month, count in enumerate(answers)
        ]
        slope = trend_of(months, ENDS[Scale(scale)])
        found += bool(slope and slope.p < SIGNIFICANT)
    return found / runs


def _mean(weights: Weights) -> float:
    return sum(point * weight for point, weight in enumerate(weights, 1)) / sum(weights)


def coverages(runs: int, seed: int) -> dict[str, float]:
    shapes = SHAPES[Scale.CES]
    one = {
        f"{shape}, {answers} answers": covered(shape, answers, runs, seed)
        for shape, answers in product(shapes, (10, 30, 100))
    }
    two = {
        f"from {pair[0]} to {pair[1]}, {side[0]} and {side[1]}": change_covered(
            pair, side, runs, seed
        )
        for pair, side in product(product(shapes, shapes), ((10, 10), (10, 100), (30, 100)))
    }
    return one | two


def false_changes(runs: int, seed: int) -> dict[str, float]:
    sides = ((20, 20), (20, 500), (500, 20), (100, 100))
    change = {
        f"{scale} {shape}, {side[0]} and {side[1]}": changed(scale, shape, side, runs, seed)
        for (scale, shape), side in product(every_shape(), sides)
    }
    sizes = ((20, 20, 20, 40, 100, 300), (20,) * 8)
    gap = {
        f"{scale} {shape}, {len(size)} segments of {sum(size)}": gapped(
            scale, shape, size, runs, seed
        )
        for (scale, shape), size in product(every_shape(), sizes)
    }
    return change | gap


def false_trends(usual: Sequence[int], runs: int, seed: int) -> dict[str, float]:
    return {
        f"{scale} {shape}, {volume}, {answers} a month": trending(
            scale, shape, volume, answers, runs, seed
        )
        for (scale, shape), volume, answers in product(every_shape(), VOLUMES, usual)
    }
