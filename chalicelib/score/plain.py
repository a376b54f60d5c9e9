"""Numbers as they stand in a sentence: rounded half away from zero, with the unit. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from chalicelib.score.statistics import Interval
from chalicelib.survey.scale import Scale


def number(value: float, places: int = 0) -> str:
    """Without a sign on nothing."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded if rounded else abs(rounded):f}"


def places_of(scale: str) -> int:
    """A mean of 1 to 7 says nothing without its tenths."""
    return 1 if scale == Scale.CES else 0


def points(value: float, scale: str) -> str:
    shown = number(value, places_of(scale))
    return f"{shown} point" if shown in ("1", "-1") else f"{shown} points"


def points_within(value: float, between: Interval | None, scale: str) -> str:
    """`42 points (95 %: 31 to 53)`."""
    if between is None:
        return points(value, scale)
    low, high = (number(end, places_of(scale)) for end in (between.low, between.high))
    return f"{points(value, scale)} (95 %: {low} to {high})"


def percent(share: float, places: int = 0) -> str:
    return f"{number(100 * share, places)} %"


def counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def p_value(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {number(p, 3)}"
