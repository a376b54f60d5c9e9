"""The causes that tasks were closed with, from the counts of the tally."""

from collections.abc import Mapping

from chalicelib.surveys.cause import folded
from chalicelib.tally.tally import CAUSE


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
    return sorted(found, key=lambda row: (-row[1], folded(row[0])))
