"""Segments that differ from everybody else by more than chance. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.scores.compare import adjust_together
from chalicelib.scores.insights.insight import Facts, Insight
from chalicelib.scores.sentences import p_value, scored

Row = Mapping[str, Any]


def segment_gaps(facts: Facts) -> Iterator[Insight]:
    """Holm over all segments of all dimensions together."""
    gaps = [dict(row["gap"]) for row in facts.segments]
    adjust_together(gaps)
    tested = sum(1 for gap in gaps if gap["p"] is not None)
    for row, gap in zip(facts.segments, gaps, strict=True):
        if gap["finding"] in ("rise", "fall") and not _is_said(row, facts.segments):
            yield _insight(row, gap, tested, facts.scale)


def unread_segments(facts: Facts) -> Iterator[Insight]:
    for name in facts.unread:
        says = f"The segment {name} has too many values to be read at once: its gaps are untested."
        yield Insight("segments_unread", says, {"segment": name})


def _insight(row: Row, gap: Row, tested: int, scale: str) -> Insight:
    word = "higher" if gap["finding"] == "rise" else "lower"
    over = "1 comparison" if tested == 1 else f"{tested} comparisons"
    says = (
        f'Of {row["segment"]} "{row["value"]}" the score was {word}: {scored(row, scale)},'
        f" against {scored(gap, scale)}, of everybody else"
        f" ({p_value(gap['p_adjusted'])}, Holm over {over})."
    )
    numbers = {
        "segment": row["segment"],
        "value": row["value"],
        "responses": row["responses"],
        "score": row["score"],
        "responses_of_others": gap["responses"],
        "score_of_others": gap["score"],
        "difference": gap["difference"],
        "low": gap["low"],
        "high": gap["high"],
        "p_adjusted": gap["p_adjusted"],
        "compared": tested,
    }
    return Insight("segment_gap", says, numbers)


def _is_said(row: Row, rows: Sequence[Row]) -> bool:
    """Of two segments that make up the whole the second is the first turned round."""
    pair = [one for one in rows if one["segment"] == row["segment"]]
    is_second = len(pair) == 2 and pair[1] is row
    return is_second and row["gap"]["responses"] == pair[0]["responses"]
