"""Measures of how scores and outcomes go together. None of them tells a cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, sqrt

from chalicelib.scores.statistics.intervals import Z95, wilson

YesNo = tuple[int, int]


@dataclass(frozen=True)
class Difference:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class RiskRatio:
    value: float
    low: float
    high: float
    half_added: bool


@dataclass(frozen=True)
class Auc:
    value: float
    low: float
    high: float


def newcombe(k1: int, n1: int, k2: int, n2: int) -> Difference | None:
    """k1/n1 - k2/n2 from -1 to 1, with the 95 % hybrid score interval: the Wilson limits of
    both shares put together (Newcombe 1998, Stat Med 17:873, method 10)."""
    first, second = wilson(k1, n1), wilson(k2, n2)
    if first is None or second is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    below = sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    above = sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return Difference(p1 - p2, p1 - p2 - below, p1 - p2 + above)


def risk_ratio(k1: int, n1: int, k2: int, n2: int) -> RiskRatio | None:
    """(k1/n1) / (k2/n2) with the 95 % log interval, se^2 = 1/k1 - 1/n1 + 1/k2 - 1/n2 (Katz
    1978, Biometrics 34:469). One half is added to every cell when a count is 0, or when both
    groups are full."""
    if not n1 or not n2:
        return None
    # Of two full groups the formula would call the ratio of 1 certain, even with two answers.
    half_added = 0 in (k1, k2) or (k1 == n1 and k2 == n2)
    half, whole = (0.5, 1) if half_added else (0.0, 0)
    a, m1, b, m2 = k1 + half, n1 + whole, k2 + half, n2 + whole
    ratio = (a / m1) / (b / m2)
    reach = Z95 * sqrt((1 / a - 1 / m1) + (1 / b - 1 / m2))
    return RiskRatio(ratio, exp(log(ratio) - reach), exp(log(ratio) + reach), half_added)


def auc(by_score: Mapping[int, YesNo]) -> Auc | None:
    """P(score of a yes > score of a no) + half of the ties; 0.5 is no order. 95 % interval by
    Hanley and McNeil 1982 (Radiology 143:29), cut to 0..1; a perfect order has no width.
    None when all are yes or all are no."""
    yes, no = _totals(by_score)
    if not yes or not no:
        return None
    twice = below = 0
    for _, (said_yes, said_no) in sorted(by_score.items()):
        twice += said_yes * (2 * below + said_no)
        below += said_no
    a = twice / (2 * yes * no)
    # Q1 - a^2 and Q2 - a^2 of the paper, written so that neither can round below zero.
    two_yes, two_no = a * (1 - a) ** 2 / (2 - a), a * a * (1 - a) / (1 + a)
    error = sqrt((a * (1 - a) + (yes - 1) * two_yes + (no - 1) * two_no) / (yes * no))
    return Auc(a, max(0.0, a - Z95 * error), min(1.0, a + Z95 * error))


def spearman(by_score: Mapping[int, YesNo]) -> float | None:
    """Rank correlation of score and outcome: Pearson on mid-ranks (Spearman 1904; Kendall,
    Rank Correlation Methods, ch. 3 for ties). None when either side is constant."""
    yes, no = _totals(by_score)
    answers = yes + no
    together = spread = below = 0
    for _, (said_yes, said_no) in sorted(by_score.items()):
        here = said_yes + said_no
        # Twice the distance of this mid-rank from the mean rank: a whole number.
        rank = 2 * below + here - answers
        together += said_yes * rank
        spread += here * rank * rank
        below += here
    if not yes or not no or not spread:
        return None
    found = together / sqrt(spread * (yes * no / answers))
    return max(-1.0, min(1.0, found))


def _totals(by_score: Mapping[int, YesNo]) -> YesNo:
    return sum(yes for yes, _ in by_score.values()), sum(no for _, no in by_score.values())
