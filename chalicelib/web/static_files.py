"""Files that are the same for everybody until the next deployment."""

import json
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from chalice.app import Response as HttpResponse

from chalicelib.errors import NotFound
from chalicelib.web.etag import is_known, tag_of

HERE = Path(__file__).parent
OWN = HERE / "reference"
CSS, JAVASCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
UNMOUNTED = '"url": ".."'
A_DAY = "public, max-age=86400"
# Swagger UI sets styles from its script, which needs no permission, and draws its icons
# from data: addresses. Nothing is fetched from anywhere else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class File:
    text: str
    kind: str
    caching: str
    tag: str


@lru_cache(maxsize=8)
def document(mount: str) -> File:
    """`mount` is the path that the API is mounted at."""
    # The standard resolves a relative server address against the document's own address, but
    # not every client does.
    written = _read(HERE / "openapi.json", "application/json", "no-cache")
    served = written.text.replace(UNMOUNTED, f'"url": {json.dumps(mount or "/")}', 1)
    return replace(written, text=served, tag=tag_of(served.encode()))


def page() -> File:
    return _read(OWN / "index.html", "text/html; charset=utf-8", "no-cache")


def part_of_page(name: str) -> File:
    """Raises NotFound."""
    if name == "start.js":
        return _read(OWN / name, JAVASCRIPT, "no-cache")
    if name == "swagger-ui.css":
        return _read(_swagger_ui() / "swagger-ui.min.css", CSS, A_DAY)
    if name == "swagger-ui.js":
        return _read(_swagger_ui() / "swagger-ui-bundle.min.js", JAVASCRIPT, A_DAY)
    raise NotFound("file")


def file_response(file: File, if_none_match: str | None) -> HttpResponse:
    headers: dict[str, str | list[str]] = {
        "ETag": file.tag,
        "Cache-Control": file.caching,
        "X-Content-Type-Options": "nosniff",
    }
    if is_known(file.tag, if_none_match):
        return HttpResponse(body="", status_code=304, headers=headers)
    headers |= {
        "Content-Type": file.kind,
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(body=file.text, status_code=200, headers=headers)


@cache
def _read(path: Path, kind: str, caching: str) -> File:
    raw = path.read_bytes()
    return File(raw.decode(), kind, caching, tag_of(raw))


def _swagger_ui() -> Path:
    # Powertools holds a copy, so Swagger UI adds nothing to the zip.
    import aws_lambda_powertools

    home = Path(aws_lambda_powertools.__file__).parent
    return home / "event_handler" / "openapi" / "swagger_ui"
