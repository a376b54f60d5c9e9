"""Lists: {"items": [...], "next": cursor or null} and a Link header."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chalice.app import Response as HttpResponse

from chalicelib.api.cursor import decode_cursor, encode_cursor
from chalicelib.api.problems import json_response
from chalicelib.api.queries import one_of
from chalicelib.errors import FieldError, Invalid
from chalicelib.table import Item

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 100


@dataclass(frozen=True)
class PageAsked:
    limit: int
    after: Item | None


def page_of(query: dict[str, list[str]], *attributes: str) -> PageAsked:
    """Raises Invalid. `attributes` are those of the index that the list reads."""
    limit = one_of(query, "limit") or str(DEFAULT_LIMIT)
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:4]) <= LARGEST_LIMIT:
        raise Invalid([FieldError("limit", "limit_invalid", f"1 to {LARGEST_LIMIT}.")])
    return PageAsked(int(limit), decode_cursor(one_of(query, "cursor"), *attributes))


def next_link(query: dict[str, list[str]], cursor: str) -> str:
    """The next page of a list with filters: a link that can be followed as it is."""
    given = {name: values for name, values in query.items() if name != "cursor"}
    return f'<?{urlencode({**given, "cursor": [cursor]}, doseq=True)}>; rel="next"'


def list_response(
    items: list[dict[str, Any]], last: Item | None, asked: Mapping[str, str | int] | None = None
) -> HttpResponse:
    """`asked` are the parameters that the next page wants again."""
    cursor = encode_cursor(last)
    response = json_response(200, {"items": items, "next": cursor})
    if cursor:
        response.headers["Link"] = (
            f'<?{urlencode({**(asked or {}), "cursor": cursor})}>; rel="next"'
        )
    return response
