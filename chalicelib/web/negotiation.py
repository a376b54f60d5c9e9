"""Which kind of answer a request takes: RFC 9110 section 12.5.1."""

import re
from collections.abc import Sequence

from chalicelib.errors import NotAcceptable

MOST_RANGES = 50  # browsers send ten at most
_RANGE = re.compile(r"([a-z0-9!#$&^_.+*-]+)/([a-z0-9!#$&^_.+*-]+)", re.ASCII)
_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


def best_of(accept: str | None, offered: Sequence[str]) -> str:
    """The kind with the highest quality; of equal ones what was named more exactly, and then
    what is offered first. Ranges that cannot be read are as if they were not there. Raises
    NotAcceptable."""
    ranges = [_range_of(one) for one in (accept or "").lower().split(",")[:MOST_RANGES]]
    read = [one for one in ranges if one] or [("*/*", 1.0)]
    weighed = [(_weight(kind, read), kind) for kind in offered]
    best = max(weight for weight, _ in weighed)
    if best[0] <= 0:
        raise NotAcceptable(offered)
    return next(kind for weight, kind in weighed if weight == best)


def _weight(kind: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """Quality and exactness of the most exact range that covers the kind."""
    patterns = (kind, kind.partition("/")[0] + "/*", "*/*")
    for exactness, pattern in zip((2, 1, 0), patterns, strict=True):
        qualities = [quality for name, quality in ranges if name == pattern]
        if qualities:
            return max(qualities), exactness
    return 0.0, 0


def _range_of(text: str) -> tuple[str, float] | None:
    name, *parameters = (part.strip() for part in text.split(";"))
    if not _RANGE.fullmatch(name):
        return None
    said = [one.replace(" ", "") for one in parameters if one.startswith("q")]
    quality = _QUALITY.fullmatch(said[0]) if said else None
    if said and not quality:
        return None
    return name, float(quality[1]) if quality else 1.0
