"""The address of a survey's open link, and the segments that it may name."""

import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from chalicelib.surveys.definition import Survey

LONGEST_SEGMENT = 100


def segments_in(survey: Survey, query: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The survey's segments that the query names once, with a value that can be printed.
    Other parameters are left out."""
    given = ((name, _printable(query.get(name, []))) for name in survey.segments)
    return tuple(f"{name}={value}" for name, value in given if value)


def address_of(survey: Survey, segments: Sequence[str]) -> str:
    """The part of the address below `/s/`."""
    query = urlencode(dict(segment.split("=", 1) for segment in segments))
    return f"{survey.id}?{query}" if query else survey.id


def _printable(values: Sequence[str]) -> str | None:
    if len(values) != 1:
        return None
    value = unicodedata.normalize("NFC", " ".join(values[0].split()))
    return value if value.isprintable() and len(value) <= LONGEST_SEGMENT else None
