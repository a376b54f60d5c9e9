"""The raw body of a request, as bytes: signatures are over bytes."""

from chalice.app import Request


def bytes_of(request: Request) -> bytes:
    raw = request.raw_body
    return raw.encode() if isinstance(raw, str) else raw or b""
