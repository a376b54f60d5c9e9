"""Numbers as words of a sentence: rounded half away from zero, with their unit. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from chalicelib.periods import Range
from chalicelib.scores.statistics.intervals import Interval
from chalicelib.surveys.scale import Scale


def number(value: float, places: int = 0) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    # Zero has no sign: "0" and not "-0".
    return f"{rounded if rounded else abs(rounded):f}"


def places_of(scale: str) -> int:
    # A mean between 1 and 7 needs its tenths.
    return 1 if scale == Scale.CES else 0


def points(value: float, scale: str) -> str:
    shown = number(value, places_of(scale))
    return f"{shown} point" if shown in ("1", "-1") else f"{shown} points"


def points_within(value: float, between: Interval | None, scale: str) -> str:
    """Like `42 points (95 %: 31 to 53)`."""
    if between is None:
        return points(value, scale)
    low, high = (number(end, places_of(scale)) for end in (between.low, between.high))
    return f"{points(value, scale)} (95 %: {low} to {high})"


def percent(share: float, places: int = 0) -> str:
    return f"{number(100 * share, places)} %"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def p_value(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {number(p, 3)}"


def score_in_words(part: Mapping[str, Any], scale: str) -> str:
    """Like `42 points (95 %: 31 to 53), 118 answers`. `part` has a score."""
    shown = part["score_interval"]
    between = Interval(shown["low"], shown["high"]) if shown else None
    value = points_within(part["score"], between, scale)
    return f"{value}, {counted(part['responses'], 'answer')}"


def days_in_words(days: Range) -> str:
    """Like `2026-05-01 to 2026-05-31`, where the last day is in the range."""
    last = days.end - timedelta(days=1)
    return f"{days.first.isoformat()} to {last.isoformat()}"
