"""Answers packed by gzip, for who takes them so.

API Gateway's own compression would pack every answer. A page that gives back what somebody typed
beside a secret must not be packed (BREACH), so each road decides (docs/decisions/0051)."""

import gzip
from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.quality_values import quality_of, ranges_of

SMALLEST = 1_000  # in one packet of a network anyway


class Packed(HttpResponse):
    """Its body is bytes, whatever its kind. Chalice otherwise asks the app, which would send
    every script and style as bytes."""

    def to_dict(self, binary_types: list[str] | None = None) -> dict[str, Any]:
        sent: dict[str, Any] = super().to_dict(binary_types and ["*/*"])
        return sent


def packed(response: HttpResponse, accept_encoding: str | None) -> HttpResponse:
    """The same answer, packed if that is taken."""
    text = response.body
    if not isinstance(text, str) or len(text) < SMALLEST:
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if not takes_gzip(accept_encoding or ""):
        return response
    headers = response.headers | {"Content-Encoding": "gzip"}
    return Packed(pack(text), headers, response.status_code)


def pack(text: str) -> bytes:
    return gzip.compress(text.encode(), 6, mtime=0)


def takes_gzip(accept_encoding: str) -> bool:
    found = {}
    for text in ranges_of(accept_encoding.lower()):
        name, _, weight = text.partition(";")
        found[name.strip()] = quality_of(weight.strip())
    return bool(found.get("gzip", found.get("*")))
