"""What a team did: shown in place of a trend while a survey is young."""

from collections.abc import Mapping

from chalicelib.score.tally import CAUSE
from chalicelib.survey.cause import folded


def wins(counts: Mapping[str, int], loop: Mapping[str, int]) -> dict[str, int]:
    """`counts` are a survey's over a range, `loop` those of its segment LOOP. Praise is a
    promoter's comment."""
    return {
        "praise": counts.get("praise", 0),
        "loops_closed": loop.get("closed", 0),
        "causes_fixed": loop.get("fixed", 0),
    }


def causes_of(loop: Mapping[str, int]) -> list[tuple[str, int]]:
    """The most frequent first, then by name. Spellings that a changed list of causes left
    behind are one cause, under the one most used."""
    spelled: dict[str, dict[str, int]] = {}
    for field, count in loop.items():
        if field.startswith(CAUSE) and count:
            cause = field.removeprefix(CAUSE)
            spelled.setdefault(folded(cause), {})[cause] = count
    found = [
        (min(counts, key=lambda cause: (-counts[cause], cause)), sum(counts.values()))
        for counts in spelled.values()
    ]
    return sorted(found, key=lambda one: (-one[1], folded(one[0])))
