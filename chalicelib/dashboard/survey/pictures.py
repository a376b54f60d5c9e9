"""The numbers of a survey's page as charts. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from chalicelib.dashboard.charts.course import Month
from chalicelib.dashboard.charts.score import score_picture
from chalicelib.dashboard.formats import Formats
from chalicelib.scores.rounding import holds_its_score
from chalicelib.surveys.scale import band_of, is_happy, is_unhappy, points_of


def months_of(periods: Sequence[Mapping[str, Any]], formats: Formats) -> list[Month]:
    return [_month(period, formats) for period in periods]


def _month(period: Mapping[str, Any], formats: Formats) -> Month:
    first = date.fromisoformat(period["from"])
    name, between, answers = formats.month(first), interval_of(period), period["responses"]
    score = period["score"]
    if score is None:
        return Month(formats.short_month(first), name, answers)
    shown, told = formats.short_month(first), f"{name}: {formats.shown(score)}"
    if between is None:
        return Month(shown, f"{told}, n = {formats.number(answers)}", answers, score)
    low, high = between["low"], between["high"]
    told += f" ({formats.shown(low)} \u2013 {formats.shown(high)})"
    return Month(shown, f"{told}, n = {formats.number(answers)}", answers, score, low, high)


def interval_of(row: Mapping[str, Any]) -> Mapping[str, float] | None:
    """None where a page shows none."""
    return row["score_interval"] if holds_its_score(row) else None


def picture_of(row: Mapping[str, Any], scale: str, title: str, id_: str) -> Markup:
    """Of anything that has a score; empty when it has none that may be shown."""
    between = interval_of(row)
    if between is None:
        return Markup("")
    ends = between["low"], between["high"]
    return score_picture(scale, row["score"], *ends, row["responses"], title, id_)


def points_shown(distribution: Mapping[str, int], scale: str) -> list[dict[str, Any]]:
    """The highest point first, with how often it was given, and how it looks."""
    counts = {point: distribution.get(str(point), 0) for point in reversed(points_of(scale))}
    largest, answers = max(counts.values()), sum(counts.values())
    return [
        {
            "point": point,
            "band": band_of(point, scale),
            "look": _look(point, scale),
            "count": count,
            "largest": largest,
            "share": count / answers if answers else None,
        }
        for point, count in counts.items()
    ]


def _look(point: int, scale: str) -> str:
    band = band_of(point, scale)
    if is_unhappy(band):
        return "low"
    return "high" if is_happy(band) else "middle"
