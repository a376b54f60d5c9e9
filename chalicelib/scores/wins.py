"""The wins of a team. They are shown from the first day, before there is a trend."""

from collections.abc import Mapping

from chalicelib.scores.schemas import Wins


def wins(counts: Mapping[str, int], loop: Mapping[str, int] | None) -> Wins:
    """`counts` are those of a survey or of one segment. `loop` are those of the survey's
    segment LOOP, None for one segment. Praise is a comment of somebody in the best band."""
    return {
        "praise": counts.get("praise", 0),
        "loops_closed": None if loop is None else loop.get("closed", 0),
        "causes_fixed": None if loop is None else loop.get("fixed", 0),
    }
