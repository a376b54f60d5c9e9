"""Opaque cursors: where the table stopped reading."""

import base64
import json

from chalicelib.errors import BadRequest, Conflict, FieldError
from chalicelib.strict_json import read_strict_json
from chalicelib.table import Item

LONGEST_KEY = 1024  # bytes of a sort key


def encode_cursor(last: Item | None) -> str | None:
    if last is None:
        return None
    text = json.dumps(last, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, *attributes: str) -> Item | None:
    """Raises Conflict unless the cursor holds texts for exactly these attributes."""
    if cursor is None:
        return None
    try:
        last = read_strict_json(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError, BadRequest):
        last = None
    fits = isinstance(last, dict) and set(last) == set(attributes)
    if not fits or not all(_fits_a_key(value) for value in last.values()):
        raise invalid_cursor()
    return dict(last)


def listed_after(cursor: str | None, partition: str) -> Item | None:
    """A position in index `listed`. Raises Conflict, also for a cursor of another list."""
    after = decode_cursor(cursor, "PK", "SK", "list_pk", "list_sk")
    if after and after["list_pk"] != partition:
        raise invalid_cursor()
    return after


def invalid_cursor() -> Conflict:
    return Conflict([FieldError("cursor", "cursor_invalid", "Take `next` of a list as it is.")])


def _fits_a_key(value: object) -> bool:
    # DynamoDB fails on any other text in a key.
    is_text = isinstance(value, str) and value.isprintable()
    return is_text and 0 < len(str(value).encode()) <= LONGEST_KEY
