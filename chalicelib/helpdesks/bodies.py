"""Bodies as values."""

from json import detect_encoding
from typing import Any

from chalicelib.errors import BadRequest
from chalicelib.strict_json import read_strict_json


def read_json(raw: bytes) -> dict[str, Any]:
    """Raises BadRequest."""
    body = read_json_value(raw)
    if not isinstance(body, dict):
        raise BadRequest("not_an_object", "The body is not a JSON object.")
    return body


def read_rendered(raw: bytes) -> dict[str, Any]:
    """Of a template into which words of people are put, as they are but for quotation marks: what
    is no JSON may be it when each backslash means itself. Raises BadRequest."""
    try:
        return read_json(raw)
    except BadRequest as error:
        if error.code != "not_json" or b"\\" not in raw:
            raise
        return read_json(raw.replace(b"\\", b"\\\\"))


def read_json_value(raw: bytes) -> Any:
    """A template renders a line break in a subject as it is, so control characters pass. Raises
    BadRequest."""
    try:
        # By RFC 8259 it is UTF-8. Some write a mark of the byte order all the same.
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    if not detect_encoding(raw).startswith("utf-8"):
        raise _not_utf8()  # UTF-16 of plain letters is UTF-8 with a NUL beside each
    try:
        return read_strict_json(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json", "The body is not JSON.") from error


def _not_utf8() -> BadRequest:
    return BadRequest("not_utf8", "The body is not in UTF-8, as JSON has to be.")
