"""The quality values of Accept headers: RFC 9110 section 12.4.2."""

import re
from typing import Final

MOST_RANGES: Final = 50  # browsers send ten at most
_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE | re.ASCII)


def ranges_of(header: str | None) -> list[str]:
    return (header or "").split(",")[:MOST_RANGES]


def quality_of(parameter: str) -> float | None:
    """`q=0.5` as a number. An empty parameter means 1; None when it cannot be read."""
    if not parameter:
        return 1.0
    found = _QUALITY.fullmatch(parameter.replace(" ", ""))
    return float(found[1]) if found else None
