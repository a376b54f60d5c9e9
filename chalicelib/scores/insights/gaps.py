"""Finds segments that differ from the rest of the survey by more than chance. Pure."""

from collections.abc import Iterator, Sequence
from functools import partial

from chalicelib.periods import Range
from chalicelib.scores.insights.budget import Comparison, Verdict
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.schemas import Insight, Numbers
from chalicelib.scores.metric import values_of
from chalicelib.scores.schemas import SegmentScores
from chalicelib.scores.sentences import days_in_words, score_in_words
from chalicelib.scores.statistics.exact import stratified_p


def segment_gaps(facts: Facts) -> Iterator[Comparison]:
    """Over the period and the months before it: a gap lasts, and more answers show it. It is one
    within the months as well: a segment that grew while all fell is no worse than they."""
    for row in facts.segments:
        p = row["gap"]["p"]
        if p is not None and not _is_repeated(row, facts.segments):
            p = max(p, _within_months(row, facts))
            yield Comparison("segment_gap", p, partial(_insight, row, facts))


def _within_months(row: SegmentScores, facts: Facts) -> float:
    months = facts.by_month.get((row["segment"], row["value"]))
    if months is None:
        return 0.0
    scale = facts.scale
    return stratified_p([(values_of(rest, scale), values_of(own, scale)) for rest, own in months])


def unread_segments(facts: Facts) -> Iterator[Insight]:
    for name in facts.unread:
        says = f"The segment {name} has too many values to be read at once: its gaps are untested."
        yield {"rule": "segments_unread", "says": says, "numbers": {"segment": name}}


def _insight(row: SegmentScores, facts: Facts, verdict: Verdict) -> Insight:
    gap, both = row["gap"], Range(facts.past.first, facts.days.end)
    word = "higher" if (gap["adjusted"] or 0) > 0 else "lower"
    says = (
        f'Of {row["segment"]} "{row["value"]}" the score was {word}:'
        f" {score_in_words(row, facts.scale)}, against {score_in_words(gap, facts.scale)},"
        f" of everybody else in {days_in_words(both)} ({verdict})."
    )
    numbers: Numbers = {
        "segment": row["segment"],
        "value": row["value"],
        "responses": row["responses"],
        "score": row["score"],
        "responses_of_others": gap["responses"],
        "score_of_others": gap["score"],
        "difference": gap["difference"],
        "low": gap["low"],
        "high": gap["high"],
        "p_adjusted": verdict.p,
        "compared": verdict.compared,
        "from": both.first.isoformat(),
        "to": both.end.isoformat(),
    }
    return {"rule": "segment_gap", "says": says, "numbers": numbers}


def _is_repeated(row: SegmentScores, rows: Sequence[SegmentScores]) -> bool:
    # When a segment has only two values, the gap of the second mirrors that of the first.
    pair = [other for other in rows if other["segment"] == row["segment"]]
    is_second = len(pair) == 2 and pair[1] is row
    return is_second and row["gap"]["responses"] == pair[0]["responses"]
