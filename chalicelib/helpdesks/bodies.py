"""Bodies as values."""

from typing import Any

from chalicelib.errors import BadRequest
from chalicelib.strict_json import read_strict_json


def read_json(raw: bytes) -> dict[str, Any]:
    """Raises BadRequest."""
    body = read_json_value(raw)
    if not isinstance(body, dict):
        raise BadRequest("not_an_object", "The body is not a JSON object.")
    return body


def read_json_value(raw: bytes) -> Any:
    """A template renders a line break in a subject as it is, so control characters pass. Raises
    BadRequest."""
    try:
        # By RFC 8259 it is UTF-8. Some write a mark of the byte order all the same.
        return read_strict_json(raw.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json", "The body is not JSON.") from error
