"""Finds segments that differ from the rest of the survey by more than chance. Pure."""

from collections.abc import Iterator, Sequence

from chalicelib.scores.compare import adjust_together
from chalicelib.scores.insights.facts import Facts
from chalicelib.scores.insights.schemas import Insight, Numbers
from chalicelib.scores.schemas import Compared, SegmentScores
from chalicelib.scores.sentences import p_value, score_in_words


def segment_gaps(facts: Facts) -> Iterator[Insight]:
    # Holm over the values of all segments together.
    gaps = [row["gap"].copy() for row in facts.segments]
    adjust_together(gaps)
    tested = sum(1 for gap in gaps if gap["p"] is not None)
    for row, gap in zip(facts.segments, gaps, strict=True):
        p, is_clear = gap["p_adjusted"], gap["finding"] in ("rise", "fall")
        if p is not None and is_clear and not _is_repeated(row, facts.segments):
            yield _insight(row, gap, p, tested, facts.scale)


def unread_segments(facts: Facts) -> Iterator[Insight]:
    for name in facts.unread:
        says = f"The segment {name} has too many values to be read at once: its gaps are untested."
        yield {"rule": "segments_unread", "says": says, "numbers": {"segment": name}}


def _insight(row: SegmentScores, gap: Compared, p: float, tested: int, scale: str) -> Insight:
    word = "higher" if gap["finding"] == "rise" else "lower"
    over = "1 comparison" if tested == 1 else f"{tested} comparisons"
    says = (
        f'Of {row["segment"]} "{row["value"]}" the score was {word}: {score_in_words(row, scale)},'
        f" against {score_in_words(gap, scale)}, of everybody else"
        f" ({p_value(p)}, Holm over {over})."
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
        "p_adjusted": p,
        "compared": tested,
    }
    return {"rule": "segment_gap", "says": says, "numbers": numbers}


def _is_repeated(row: SegmentScores, rows: Sequence[SegmentScores]) -> bool:
    # When a segment has only two values, the gap of the second mirrors that of the first.
    pair = [other for other in rows if other["segment"] == row["segment"]]
    is_second = len(pair) == 2 and pair[1] is row
    return is_second and row["gap"]["responses"] == pair[0]["responses"]
