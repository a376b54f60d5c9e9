"""The wins of a team. They are shown from the first day, before there is a trend."""

from collections.abc import Mapping

from chalicelib.scores.schemas import Wins
from chalicelib.tally.tally import CAUSE
from chalicelib.tasks.task import IMPROVED


def wins(counts: Mapping[str, int], loop: Mapping[str, int] | None) -> Wins:
    """`counts` are those of a survey or of one segment. `loop` are those of the survey's
    segment LOOP, None for one segment. Praise is a comment of somebody in the best band. Of a task
    that Heed closed, since the answer had improved, nobody closed a loop."""
    improved = (loop or {}).get(f"{CAUSE}{IMPROVED}", 0)
    return {
        "praise": counts.get("praise", 0),
        "loops_closed": None if loop is None else loop.get("closed", 0) - improved,
        "causes_fixed": None if loop is None else loop.get("fixed", 0),
    }
