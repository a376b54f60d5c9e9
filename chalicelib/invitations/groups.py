"""The groups of a wave: coarse, and fixed when its survey first asks. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

LEAST = 10
OTHER = "other"


def groups_of(people: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Those of at least ten people each, of everybody's `name=value`. Whoever has a rarer value is
    in `other`, if that has as many, and else in none."""
    counts = Counter(segment for segments in people for segment in segments)
    rare: Counter[str] = Counter()
    for segment, count in list(counts.items()):
        if count < LEAST:
            rare[_other(segment)] += counts.pop(segment)
    common = counts + rare
    return tuple(sorted(group for group, count in common.items() if count >= LEAST))


def places_in(groups: Sequence[str], segments: Sequence[str]) -> tuple[int, ...]:
    """Of a person's `name=value` among the groups."""
    folded = [segment if segment in groups else _other(segment) for segment in segments]
    return tuple(groups.index(group) for group in folded if group in groups)


def _other(segment: str) -> str:
    return f"{segment.partition('=')[0]}={OTHER}"
