"""Numbers as they were computed. What stands beside them is rounded."""

from typing_extensions import TypedDict


class RawScore(TypedDict):
    score: float
    low: float
    high: float
    sd: float | None


class RawComparison(TypedDict):
    score: float
    score_low: float
    score_high: float
    difference: float
    adjusted: float | None
    low: float | None
    high: float | None


class RawTrend(TypedDict):
    per_month: float
    low: float
    high: float
