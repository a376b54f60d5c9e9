"""What a page answers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chalice.app import Response as HttpResponse
from msgspec import Struct, field

from chalicelib import render
from chalicelib.dashboard.sheet import Sheet

HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Type": "text/html; charset=utf-8",
}
# No script but that of the preview, and nothing from anywhere else. A chart stands in the page
# as SVG.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; {also}form-action 'self';"
    " base-uri 'none'; frame-ancestors {around}"
)


class Shown(Struct, frozen=True):
    """A template of templates/app/, without its ending, and what it is rendered with. `frames`:
    it shows another page of ours in a frame. `is_framed`: it is such a page itself. `runs`: it
    runs our script. `cookies` are set. `retry_after` in seconds. `sheet` is its table as CSV."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    frames: bool = False
    runs: bool = False
    is_framed: bool = False
    cookies: Sequence[str] = ()
    retry_after: int | None = None
    sheet: Sheet | None = None


class Moved(Struct, frozen=True):
    """303 to a page, `to` and `query` as `at` takes them in templates. `said` is a key of
    templates/app/_said.html, and is told once on the page that comes."""

    to: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    cookies: Sequence[str] = ()


def html_of(shown: Shown, **more: Any) -> HttpResponse:
    also = "frame-src 'self'; " if shown.frames else ""
    if shown.runs:
        also += "script-src 'self'; "
    again = {"Retry-After": str(shown.retry_after)} if shown.retry_after else {}
    around = "'self'" if shown.is_framed else "'none'"
    policy = POLICY.format(also=also, around=around)
    return HttpResponse(
        body=render.app_page(shown.template, **{**shown.facts, **more}),
        status_code=shown.status,
        headers={**HEADERS, **again, "Content-Security-Policy": policy},
    )
