"""The wins of a team. They are shown from the first day, before there is a trend."""

from collections.abc import Mapping

from chalicelib.scores.schemas import Wins
from chalicelib.tally.tally import CAUSE
from chalicelib.tasks.task import BY_ANSWER


def wins(counts: Mapping[str, int], loop: Mapping[str, int] | None) -> Wins:
    """`counts` are those of a survey or of one segment. `loop` are those of the survey's
    segment LOOP, None for one segment. Praise is a comment of somebody in the best band. Of a task
    that Heed closed, since its answer asks for nobody any more, nobody closed a loop."""
    by_answer = sum((loop or {}).get(f"{CAUSE}{cause}", 0) for cause in BY_ANSWER)
    return {
        "praise": counts.get("praise", 0),
        "loops_closed": None if loop is None else loop.get("closed", 0) - by_answer,
        "causes_fixed": None if loop is None else loop.get("fixed", 0),
    }
