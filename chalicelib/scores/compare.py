"""Tests whether two scores differ, when there are enough answers. Pure."""

from collections.abc import Mapping, Sequence

from chalicelib.scores.metric import ByPoint, Score, change_of, score_of
from chalicelib.scores.raw import RawComparison
from chalicelib.scores.schemas import Compared, Finding, Tested
from chalicelib.scores.statistics.change import (
    ENOUGH_TO_COMPARE,
    SIGNIFICANT,
    Change,
    holm,
    is_clear,
)
from chalicelib.scores.statistics.intervals import reading
from chalicelib.scores.summary import shown_interval

UNTESTED: Tested = {
    "adjusted": None,
    "low": None,
    "high": None,
    "statistic": None,
    "p": None,
    "p_adjusted": None,
}


def compared(before: ByPoint, after: ByPoint, scale: str) -> Compared:
    """Compares `after` with `before`. `difference` is between the two scores as shown;
    `adjusted` is the difference of the test, in the middle of its interval. `p_adjusted`
    equals p until `adjust_together` sets it for several tests."""
    old, new = score_of(before, scale), score_of(after, scale)
    counts = sum(before.values()), sum(after.values())
    change = change_of(before, after, scale) if min(counts) >= ENOUGH_TO_COMPARE else None
    return {
        "responses": counts[0],
        "reading": reading(min(counts)),
        "score": old.value if old else None,
        "score_interval": shown_interval(old.interval) if old else None,
        "difference": new.value - old.value if old and new else None,
        **_tested(change),
        "raw": _raw(old, new, change),
        "finding": _finding(change, counts),
    }


def adjust_together(tested: Sequence[Compared]) -> None:
    """Changes `p_adjusted` and `finding` in place, by Holm over all of `tested`."""
    # Without this, about one of twenty segments would seem to differ by chance alone.
    known = [(part, p) for part in tested if (p := part["p"]) is not None]
    for (part, _), adjusted in zip(known, holm([p for _, p in known]), strict=True):
        part["p_adjusted"] = adjusted
        if adjusted >= SIGNIFICANT and part["finding"] != "too_few":
            part["finding"] = "no_clear_change"


def without(whole: Mapping[int, int], part: Mapping[int, int]) -> dict[int, int]:
    """The rest of a survey beside one of its segments."""
    return {point: max(0, count - part.get(point, 0)) for point, count in whole.items()}


def _tested(change: Change | None) -> Tested:
    if change is None:
        return UNTESTED
    return {
        "adjusted": change.difference,
        "low": change.low,
        "high": change.high,
        "statistic": change.statistic,
        "p": change.p,
        "p_adjusted": change.p,
    }


def _raw(old: Score | None, new: Score | None, change: Change | None) -> RawComparison | None:
    if old is None or new is None or old.interval is None:
        return None
    return {
        "score": old.value,
        "score_low": old.interval.low,
        "score_high": old.interval.high,
        "difference": new.value - old.value,
        "adjusted": change.difference if change else None,
        "low": change.low if change else None,
        "high": change.high if change else None,
    }


def _finding(change: Change | None, counts: tuple[int, int]) -> Finding:
    if min(counts) < ENOUGH_TO_COMPARE:
        return "too_few"
    if change is None or not is_clear(change.p, *counts):
        return "no_clear_change"
    return "rise" if change.difference > 0 else "fall"
