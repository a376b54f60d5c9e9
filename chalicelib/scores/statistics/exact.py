"""Tests by what else could have been seen: the same answers, dealt to the two sides anew."""

from collections.abc import Mapping, Sequence
from math import erfc, exp, lgamma, sqrt

SMALL = 1e-17


def permutation_p(before: Mapping[int, int], after: Mapping[int, int]) -> float:
    """Two-sided, of two means, from {value: count} with answers on both sides. The variance is
    that over all ways to deal the answers (Pitman 1937, JRSS Suppl 4:119), the curve the normal
    one. 1 when all answers agree."""
    n1, n2 = sum(before.values()), sum(after.values())
    first, second = _total(before), _total(after)
    answers = n1 + n2
    squares = sum(v * v * count for side in (before, after) for v, count in side.items())
    # In whole numbers, so that it is exactly 0 when all answers agree.
    spread = answers * squares - (first + second) ** 2
    if not spread:
        return 1.0
    return normal_p((second / n2 - first / n1) / sqrt(spread / ((answers - 1) * n1 * n2)))


def stratified_p(strata: Sequence[tuple[Mapping[int, int], Mapping[int, int]]]) -> float:
    """Two-sided, of two means, where answers are dealt anew within each stratum alone: what moves
    all answers of a stratum moves nothing here (Mantel 1963, JASA 58:690). Each stratum has two
    sides as `permutation_p` takes them. 1 where nothing can be dealt otherwise."""
    moved = variance = 0.0
    for first, second in strata:
        n1, n2 = sum(first.values()), sum(second.values())
        answers, whole = n1 + n2, _total(first) + _total(second)
        squares = sum(v * v * count for side in (first, second) for v, count in side.items())
        spread = answers * squares - whole * whole
        if min(n1, n2) and spread:
            moved += _total(second) - n2 * whole / answers
            variance += n1 * n2 * spread / (answers * answers * (answers - 1))
    return normal_p(moved / sqrt(variance)) if variance else 1.0


def mid_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """Two-sided, of two shares: twice the tail of Fisher's hypergeometric, with half of the
    table seen (Lancaster 1961, JASA 56:223; Hirji, Tan and Elashoff 1991, Stat Med 10:1137).
    1 when all or none are counted on both sides."""
    if k1 * n2 < k2 * n1:
        k1, n1, k2, n2 = k2, n2, k1, n1
    term = exp(_ln_choose(n1, k1) + _ln_choose(n2, k2) - _ln_choose(n1 + n2, k1 + k2))
    tail = term / 2
    while k1 < n1 and k2 > 0 and term > SMALL * tail:
        term *= (n1 - k1) * k2 / ((k1 + 1) * (n2 - k2 + 1))
        tail += term
        k1, k2 = k1 + 1, k2 - 1
    return min(1.0, 2 * tail)


def normal_p(z: float) -> float:
    """Two-sided."""
    return erfc(abs(z) / sqrt(2))


def _total(counts: Mapping[int, int]) -> int:
    return sum(value * count for value, count in counts.items())


def _ln_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
