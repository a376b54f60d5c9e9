"""ETag and 304: a client that has the current body is not sent it again (RFC 9110, 13.1.2)."""

import hashlib
import re
from typing import Final

from chalice.app import Response as HttpResponse

READ_AT: Final = re.compile(r'"(?:accounts_)?as_of": "[^"]*"')


def revalidated(response: HttpResponse, if_none_match: str | None) -> HttpResponse:
    """The answer with its ETag, or 304 when the client has the same. The tag is a hash of the
    body. It is weak where the body says when it was read, since that alone is no news."""
    body = str(response.body)
    news = READ_AT.sub("", body)
    tag = ("" if news == body else "W/") + tag_of(news.encode())
    response.headers["ETag"] = tag
    # The client may keep it and asks again before each use. Proxies may not keep it.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept, Authorization"
    if not is_known(tag, if_none_match):
        return response
    kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
    return HttpResponse(body="", status_code=304, headers=kept)


def tag_of(raw: bytes) -> str:
    return f'"{hashlib.sha256(raw).hexdigest()[:32]}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """A weak tag is enough: the bodies are equal."""
    header = if_none_match or ""
    return header.strip() == "*" or tag.removeprefix("W/") in re.findall(r'"[^"]*"', header)
