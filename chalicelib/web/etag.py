"""ETag and 304: who asks again for what has not changed gets no body (RFC 9110, 13.1.2)."""

import hashlib
import re

from chalice.app import Response as HttpResponse


def revalidated(response: HttpResponse, if_none_match: str | None) -> HttpResponse:
    """The answer with its ETag, or 304 when that is what the asker has. The tag is of the
    body, so it changes when a number does and not before."""
    tag = tag_of(str(response.body).encode())
    response.headers["ETag"] = tag
    # Kept by whoever asked, and by nobody in between; never shown without asking again.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept, Authorization"
    if not is_known(tag, if_none_match):
        return response
    kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
    return HttpResponse(body="", status_code=304, headers=kept)


def tag_of(raw: bytes) -> str:
    return f'"{hashlib.sha256(raw).hexdigest()[:32]}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """A weak tag of the same is as good: the bodies are equal."""
    header = if_none_match or ""
    return header.strip() == "*" or tag in re.findall(r'"[^"]*"', header)
