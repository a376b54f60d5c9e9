"""Chooses the media type of an answer: RFC 9110 section 12.5.1."""

import re
from collections.abc import Sequence

from chalicelib.errors import NotAcceptable
from chalicelib.quality_values import quality_of, ranges_of

_RANGE = re.compile(r"([a-z0-9!#$&^_.+*-]+)/([a-z0-9!#$&^_.+*-]+)", re.ASCII)


def best_of(accept: str | None, offered: Sequence[str]) -> str:
    """The kind with the highest quality. Among equals the one that was named more exactly wins,
    then the one that is offered first. Unreadable ranges are ignored. Raises NotAcceptable."""
    ranges = [found for text in ranges_of((accept or "").lower()) if (found := _range_of(text))]
    read = ranges or [("*/*", 1.0)]
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
    quality = quality_of(next((part for part in parameters if part.startswith("q")), ""))
    return None if quality is None else (name, quality)
