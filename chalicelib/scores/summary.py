"""What one count says: answers, bands, score, interval, and who was asked. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.periods import Range
from chalicelib.scores.metric import bands_of, by_point, score_of
from chalicelib.scores.statistics.intervals import Interval, reading
from chalicelib.scores.statistics.response_rate import dispositions_of
from chalicelib.surveys.scale import Scale
from chalicelib.tally.tally import add_counts

PLURALS = {"promoter": "promoters", "passive": "passives", "detractor": "detractors"}


def total(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        add_counts(counts, part)
    return counts


def summary(counts: Mapping[str, int], scale: str = Scale.NPS) -> dict[str, Any]:
    points = by_point(counts, scale)
    answers = sum(points.values())
    score = score_of(points, scale)
    value = score.value if score else None
    between = shown_interval(score.interval) if score else None
    is_nps = scale == Scale.NPS
    return {
        "responses": answers,
        "comments": counts.get("nc", 0),
        "held": counts.get("held"),
        "distribution": {str(point): count for point, count in points.items()},
        "bands": {
            PLURALS.get(band, band): {"count": count, "share": _share(count, answers)}
            for band, count in bands_of(points, scale).items()
        },
        "score": value,
        "score_interval": between,
        "sd": score.sd if score else None,
        "nps": value if is_nps else None,
        "nps_interval": between if is_nps else None,
        "reading": reading(answers).value,
        **response_rate(counts),
    }


def response_rate(counts: Mapping[str, int]) -> dict[str, Any]:
    """Of the invitations sent in the range, those answered by now (RR2 of AAPOR). Who did not
    answer is a row of its own and in no score."""
    asked, answered = counts.get("asked", 0), counts.get("answered", 0)
    refused, bounced = counts.get("refused", 0), counts.get("bounced", 0)
    silent = max(0, asked - answered - refused - bounced)
    missing = max(0, asked - answered)
    return {
        "asked": asked,
        "answered": answered,
        "silent": silent,
        "response_rate": dispositions_of(counts).rr2,
        "non_response": {
            "count": missing,
            "share": _share(missing, asked),
            "silent": silent,
            "refused": refused,
            "bounced": bounced,
        },
    }


def shown_days(span: Range) -> dict[str, str]:
    return {"from": span.first.isoformat(), "to": span.end.isoformat()}


def shown_interval(between: Interval | None) -> dict[str, float] | None:
    return {"low": between.low, "high": between.high, "confidence": 0.95} if between else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
