"""The address of a survey's open link, and the segments that it may name: values of the
survey's own list, or any that somebody with an API key signed."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from chalicelib import signed_bytes
from chalicelib.surveys.definition import Survey

LONGEST_SEGMENT = 100
# No segment may have this name, because of its hyphen.
SIGNATURE = "signed-by"
LONGEST_SIGNATURE = 40

Query = Mapping[str, Sequence[str]]


def segments_in(survey: Survey, query: Query) -> tuple[str, ...]:
    """The survey's segments that the query names once, with a value that can be printed.
    Other parameters are left out."""
    given = ((name, _printable(query.get(name, []))) for name in survey.segments)
    return tuple(f"{name}={value}" for name, value in given if value)


def open_query(survey: Survey, query: Query, keys: Iterable[bytes]) -> dict[str, str]:
    """What is kept of a visitor's query: the segments that the survey lists, or all of them
    with their signature."""
    segments = segments_in(survey, query)
    signature = next(iter(query.get(SIGNATURE, [])), "")
    if signature and _is_signed(survey, segments, signature, keys):
        return {**_pairs(segments), SIGNATURE: signature}
    return {
        name: value
        for name, value in _pairs(segments).items()
        if value in survey.segment_values.get(name, [])
    }


def signed_query(survey: Survey, query: Query, key: bytes) -> dict[str, str]:
    """The segments as an open link says them: a value that is not in the survey's list is
    signed."""
    pairs = _pairs(segments_in(survey, query))
    if all(value in survey.segment_values.get(name, []) for name, value in pairs.items()):
        return pairs
    return {**pairs, SIGNATURE: signed_bytes.sign(b"", key, _purpose(survey, pairs))}


def segments_of(query: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in query.items() if name != SIGNATURE)


def address_of(survey: Survey, query: Mapping[str, str]) -> str:
    """The part of the address below `/s/`."""
    return f"{survey.id}?{urlencode(query)}" if query else survey.id


def _is_signed(
    survey: Survey, segments: Sequence[str], signature: str, keys: Iterable[bytes]
) -> bool:
    try:
        signed = signed_bytes.read_signed(signature, LONGEST_SIGNATURE)
    except ValueError:
        return False
    purpose = _purpose(survey, _pairs(segments))
    return not signed.body and any(signed.is_made_with(key, purpose) for key in keys)


def _purpose(survey: Survey, pairs: Mapping[str, str]) -> str:
    return f"segments\x00{survey.id}\x00{urlencode(sorted(pairs.items()))}"


def _pairs(segments: Iterable[str]) -> dict[str, str]:
    return dict(segment.split("=", 1) for segment in segments)


def _printable(values: Sequence[str]) -> str | None:
    if len(values) != 1:
        return None
    value = unicodedata.normalize("NFC", " ".join(values[0].split()))
    return value if value.isprintable() and len(value) <= LONGEST_SEGMENT else None
