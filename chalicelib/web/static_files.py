"""Files that are the same for everybody until the next deployment. The parts of the reference page
are named by their content, so a browser keeps them for a year, and are sent packed."""

import json
from functools import cache, lru_cache
from pathlib import Path

from chalice.app import Response as HttpResponse
from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import NotFound
from chalicelib.settings import settings
from chalicelib.web.etag import is_known, tag_of
from chalicelib.web.packing import Packed, pack, takes_gzip

HERE = Path(__file__).parent
OWN = HERE / "reference"
CSS, JAVASCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
UNMOUNTED = '"url": ".."'
A_YEAR = "public, max-age=31536000, immutable"
# Swagger UI sets styles from its script, which needs no permission, and draws its icons
# from data: addresses. Nothing is fetched from anywhere else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class File(Struct, frozen=True):
    text: str
    kind: str
    caching: str
    tag: str


@lru_cache(maxsize=8)
def document(mount: str) -> File:
    """`mount` is the path that the API is mounted at. Raises NotFound."""
    _refuse_unless_shown()
    # The standard resolves a relative server address against the document's own address, but
    # not every client does.
    written = _read(HERE / "openapi.json", "application/json", "no-cache")
    served = written.text.replace(UNMOUNTED, f'"url": {json.dumps(mount or "/")}', 1)
    return replace(written, text=served, tag=tag_of(served.encode()))


def page() -> File:
    """Raises NotFound."""
    _refuse_unless_shown()
    found = _read(OWN / "index.html", "text/html; charset=utf-8", "no-cache")
    text = found.text
    for name in parts_of_page():
        stem, _, ending = name.split(".")
        text = text.replace(f"docs/{stem}.{ending}", f"docs/{name}")
    return replace(found, text=text, tag=tag_of(text.encode()))


def part_of_page(name: str) -> File:
    """Raises NotFound."""
    _refuse_unless_shown()
    if name not in parts_of_page():
        raise NotFound("file")
    return parts_of_page()[name]


@cache
def parts_of_page() -> dict[str, File]:
    """By the name that they are served under."""
    files = {
        "start.js": _read(OWN / "start.js", JAVASCRIPT, A_YEAR),
        "swagger-ui.css": _read(_swagger_ui() / "swagger-ui.min.css", CSS, A_YEAR),
        "swagger-ui.js": _read(_swagger_ui() / "swagger-ui-bundle.min.js", JAVASCRIPT, A_YEAR),
    }
    return {_named(name, file): file for name, file in files.items()}


def file_response(
    file: File, if_none_match: str | None, accept_encoding: str | None = None
) -> HttpResponse:
    """`accept_encoding` None: it is never packed."""
    packs = accept_encoding is not None and takes_gzip(accept_encoding)
    tag = f'{file.tag[:-1]}-gzip"' if packs else file.tag
    headers: dict[str, str | list[str]] = {"ETag": tag, "Cache-Control": file.caching}
    if file.caching == A_YEAR:
        headers["Vary"] = "Accept-Encoding"
    if is_known(tag, if_none_match):
        return HttpResponse(body="", status_code=304, headers=headers)
    headers |= {"Content-Type": file.kind, "Content-Security-Policy": POLICY}
    if packs:
        return Packed(_packed(file.text), headers | {"Content-Encoding": "gzip"}, 200)
    return HttpResponse(body=file.text, status_code=200, headers=headers)


def _refuse_unless_shown() -> None:
    if not settings().shows_docs:
        raise NotFound("address")


@cache
def _packed(text: str) -> bytes:
    return pack(text)


def _named(name: str, file: File) -> str:
    stem, _, ending = name.partition(".")
    return f"{stem}.{file.tag.strip(chr(34))[:16]}.{ending}"


@cache
def _read(path: Path, kind: str, caching: str) -> File:
    raw = path.read_bytes()
    return File(raw.decode(), kind, caching, tag_of(raw))


def _swagger_ui() -> Path:
    # Powertools holds a copy, so Swagger UI adds nothing to the zip.
    import aws_lambda_powertools

    home = Path(aws_lambda_powertools.__file__).parent
    return home / "event_handler" / "openapi" / "swagger_ui"
