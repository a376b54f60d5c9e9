"""The summary of some counts: answers, bands, score, interval, response rate. Pure."""

from collections.abc import Iterable, Mapping

from chalicelib.scores.metric import Score, bands_of, by_point, score_of
from chalicelib.scores.raw import RawScore
from chalicelib.scores.rounding import say_score
from chalicelib.scores.schemas import ConfidenceInterval, ResponseRate, Summary
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


def summary(counts: Mapping[str, int], scale: str = Scale.NPS) -> Summary:
    points = by_point(counts, scale)
    answers = sum(points.values())
    score = score_of(points, scale)
    value = score.value if score else None
    between = shown_interval(score.interval) if score else None
    raw = raw_score(score)
    is_nps = scale == Scale.NPS
    return {
        "responses": answers,
        "hidden": None,
        "comments": counts.get("nc", 0),
        "held": counts.get("held"),
        "settling": counts.get("settling"),
        "distribution": {str(point): count for point, count in points.items()},
        "bands": {
            PLURALS.get(band, band): {"count": count, "share": _share(count, answers)}
            for band, count in bands_of(points, scale).items()
        },
        "says": say_score(raw, answers, scale),
        "score": value,
        "score_interval": between,
        "sd": score.sd if score else None,
        "nps": value if is_nps else None,
        "nps_interval": between if is_nps else None,
        "raw": raw,
        "reading": reading(answers),
        **response_rate(counts),
    }


def raw_score(score: Score | None) -> RawScore | None:
    if score is None or score.interval is None:
        return None
    ends = score.interval
    return {"score": score.value, "low": ends.low, "high": ends.high, "sd": score.sd}


def response_rate(counts: Mapping[str, int]) -> ResponseRate:
    """The share of the invitations sent in the range that are answered by now (RR2 of AAPOR)."""
    asked, answered = counts.get("asked", 0), counts.get("answered", 0)
    refused, bounced = counts.get("refused", 0), counts.get("bounced", 0)
    silent = max(0, asked - answered - refused - bounced)
    missing = max(0, asked - answered)
    return {
        "asked": asked,
        "answered": answered,
        "answered_in_7d": counts.get("answered_in_7d", 0),
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


def shown_interval(between: Interval | None) -> ConfidenceInterval | None:
    return {"low": between.low, "high": between.high, "confidence": 0.95} if between else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
