"""The score of a survey over a range of days, from its tallies."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.score.statistics import nps, nps_interval, reading
from chalicelib.score.tally import add_counts
from chalicelib.survey.scale import Scale, band_of, points_of

LONGEST_RANGE = timedelta(days=5 * 366)


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def scores(
    days: Mapping[date, Mapping[str, int]],
    first: date,
    end: date,
    step: Step,
    scale: str = Scale.NPS,
) -> dict[str, Any]:
    """The whole range and each of its periods; the outer periods are cut to the range."""
    periods = [
        {
            "from": start.isoformat(),
            "to": stop.isoformat(),
            **summary((counts for day, counts in days.items() if start <= day < stop), scale),
        }
        for start, stop in periods_of(first, end, step)
    ]
    return {
        "from": first.isoformat(),
        "to": end.isoformat(),
        "interval": step.value,
        **summary(days.values(), scale),
        "periods": periods,
    }


def summary(parts: Iterable[Mapping[str, int]], scale: str = Scale.NPS) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for part in parts:
        add_counts(counts, part)
    by_point = {point: counts.get(f"c{point}", 0) for point in points_of(scale)}
    bands = _bands(by_point, scale)
    answers = sum(by_point.values())
    # The other scales have a metric of their own; none is ever turned into an NPS.
    promoted = list(bands.values()) if scale == Scale.NPS else [0, 0, 0]
    between = nps_interval(*promoted)
    return {
        "responses": answers,
        "comments": counts.get("nc", 0),
        "distribution": {str(point): count for point, count in by_point.items()},
        "bands": {
            _plural(band): {"count": count, "share": count / answers if answers else None}
            for band, count in bands.items()
        },
        "nps": nps(*promoted),
        "nps_interval": {"low": between.low, "high": between.high, "confidence": 0.95}
        if between
        else None,
        "reading": reading(answers).value,
        **_response_rate(counts),
    }


def _plural(band: str) -> str:
    return band if band in ("satisfied", "neutral", "dissatisfied") else f"{band}s"


def _response_rate(counts: Mapping[str, int]) -> dict[str, Any]:
    """Of the invitations sent in the range, those answered by now; silence is its own
    count and in no score."""
    asked, answered = counts.get("asked", 0), counts.get("answered", 0)
    return {
        "asked": asked,
        "answered": answered,
        "silent": max(0, asked - answered),
        "response_rate": answered / asked if asked else None,
    }


def _bands(by_point: Mapping[int, int], scale: str) -> dict[str, int]:
    """The lowest band first."""
    bands: dict[str, int] = {}
    for point, count in by_point.items():
        band = band_of(point, scale).value
        bands[band] = bands.get(band, 0) + count
    return bands


def periods_of(first: date, end: date, step: Step) -> list[tuple[date, date]]:
    """Half-open periods that cover first <= day < end. Weeks begin on Monday."""
    periods = []
    start = first
    while start < end:
        stop = min(_next_start(start, step), end)
        periods.append((start, stop))
        start = stop
    return periods


def _next_start(day: date, step: Step) -> date:
    if step is Step.DAY:
        return day + timedelta(days=1)
    if step is Step.WEEK:
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
