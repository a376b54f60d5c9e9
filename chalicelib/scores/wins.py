"""What a team did: shown in place of a trend while a survey is young."""

from collections.abc import Mapping


def wins(counts: Mapping[str, int], loop: Mapping[str, int]) -> dict[str, int]:
    """`counts` are a survey's over a range, `loop` those of its segment LOOP. Praise is a
    promoter's comment."""
    return {
        "praise": counts.get("praise", 0),
        "loops_closed": loop.get("closed", 0),
        "causes_fixed": loop.get("fixed", 0),
    }
