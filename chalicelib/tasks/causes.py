"""The causes that tasks were closed with, read from the tally."""

from collections.abc import Mapping

from chalicelib.surveys.cause import folded
from chalicelib.tally.tally import CAUSE


def causes_of(loop: Mapping[str, int], prefix: str = CAUSE) -> list[tuple[str, int]]:
    """The most frequent cause first, then by name. When a cause has several spellings, its
    name is the spelling used most."""
    # A survey's list of causes can change, and the tally keeps the old spellings.
    spelled: dict[str, dict[str, int]] = {}
    for field, count in loop.items():
        if field.startswith(prefix) and count:
            cause = field.removeprefix(prefix)
            spelled.setdefault(folded(cause), {})[cause] = count
    found = [
        (min(counts, key=lambda cause: (-counts[cause], cause)), sum(counts.values()))
        for counts in spelled.values()
    ]
    return sorted(found, key=lambda row: (-row[1], folded(row[0])))
