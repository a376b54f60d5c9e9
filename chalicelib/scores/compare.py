"""Whether a score moved, and where it differs: tested, or said to be too few. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.scores.metric import ByPoint, change_of, score_of
from chalicelib.scores.statistics.change import (
    ENOUGH_TO_COMPARE,
    SIGNIFICANT,
    Change,
    holm,
    is_clear,
)
from chalicelib.scores.summary import shown_interval

Shown = dict[str, Any]


def compared(before: ByPoint, after: ByPoint, scale: str) -> Shown:
    """After against before. `difference` is that of the two scores as they are shown;
    `adjusted` that of the test, in the middle of its interval. `p_adjusted` is p as long as
    one thing is tested; `adjust_together` takes several at once."""
    old, new = score_of(before, scale), score_of(after, scale)
    counts = sum(before.values()), sum(after.values())
    change = change_of(before, after, scale) if min(counts) >= ENOUGH_TO_COMPARE else None
    return {
        "responses": counts[0],
        "score": old.value if old else None,
        "score_interval": shown_interval(old.interval) if old else None,
        "difference": new.value - old.value if old and new else None,
        **_tested(change),
        "finding": _finding(change, change.p if change else None, counts),
    }


def adjust_together(tested: Sequence[Shown]) -> None:
    """Holm over all of them, in place: of twenty segments one differs by chance alone."""
    known = [one for one in tested if one["p"] is not None]
    for one, p in zip(known, holm([one["p"] for one in known]), strict=True):
        one["p_adjusted"] = p
        if p >= SIGNIFICANT and one["finding"] != "too_few":
            one["finding"] = "no_clear_change"


def without(whole: Mapping[int, int], part: Mapping[int, int]) -> dict[int, int]:
    """The rest of a survey beside one of its segments."""
    return {point: max(0, count - part.get(point, 0)) for point, count in whole.items()}


def _tested(change: Change | None) -> Shown:
    if change is None:
        return dict.fromkeys(("adjusted", "low", "high", "statistic", "p", "p_adjusted"))
    return {
        "adjusted": change.difference,
        "low": change.low,
        "high": change.high,
        "statistic": change.statistic,
        "p": change.p,
        "p_adjusted": change.p,
    }


def _finding(change: Change | None, p: float | None, counts: tuple[int, int]) -> str:
    if min(counts) < ENOUGH_TO_COMPARE:
        return "too_few"
    if change is None or p is None or not is_clear(p, *counts):
        return "no_clear_change"
    return "rise" if change.difference > 0 else "fall"
