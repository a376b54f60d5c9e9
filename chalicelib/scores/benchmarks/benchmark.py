"""A survey beside its own beginning. Nothing here knows another survey. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.periods import Range, up_to
from chalicelib.scores.compare import compared
from chalicelib.scores.history import Months, baseline_of, baseline_range
from chalicelib.scores.metric import by_point
from chalicelib.scores.summary import response_rate, shown_days, summary

Shown = dict[str, Any]
SHORT = ("responses", "score", "score_interval", "reading")


def benchmark(months: Months, recent: Mapping[str, int], scale: str, today: date) -> Shown:
    """`recent` are the counts of the 90 days up to today."""
    baseline, expected = baseline_of(months, today), baseline_range(months)
    points = by_point(recent, scale)
    change = None
    if baseline:
        change = shown_days(baseline.range) | compared(
            by_point(baseline.counts, scale), points, scale
        )
    return {
        "baseline": _short(baseline.range, baseline.counts, scale) if baseline else None,
        "baseline_from": expected.end.isoformat() if expected else None,
        "now": _short(up_to(today), recent, scale),
        "change": change,
        **response_rate(recent),
    }


def _short(days: Range, counts: Mapping[str, int], scale: str) -> Shown:
    whole = summary(counts, scale)
    return shown_days(days) | {name: whole[name] for name in SHORT}
