"""The address of a survey's open link, and the segments that it may name."""

import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from chalicelib.surveys.definition import Survey

LONGEST_SEGMENT = 100


def segments_in(survey: Survey, query: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The declared segments that a link names once and plainly; anything else in its query
    is somebody else's."""
    given = ((name, _plain(query.get(name, []))) for name in survey.segments)
    return tuple(f"{name}={value}" for name, value in given if value)


def address_of(survey: Survey, segments: Sequence[str]) -> str:
    """Below `/s/`: the survey, and what the link says of whoever opens it."""
    query = urlencode(dict(one.split("=", 1) for one in segments))
    return f"{survey.id}?{query}" if query else survey.id


def _plain(values: Sequence[str]) -> str | None:
    if len(values) != 1:
        return None
    value = unicodedata.normalize("NFC", " ".join(values[0].split()))
    return value if value.isprintable() and len(value) <= LONGEST_SEGMENT else None
