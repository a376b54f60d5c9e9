"""Opaque cursors: where the table stopped reading."""

import base64
import json

from chalicelib.errors import Conflict, FieldError
from chalicelib.table import Item


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
        last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        last = None
    fits = isinstance(last, dict) and set(last) == set(attributes)
    if not fits or not all(isinstance(value, str) for value in last.values()):
        raise Conflict([FieldError("cursor", "cursor_invalid", "Take `next` of a list as it is.")])
    return dict(last)
