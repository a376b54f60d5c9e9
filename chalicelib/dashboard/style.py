"""The style of the pages: one file for all of them, named by what it holds, so that a browser
keeps it."""

from functools import cache
from typing import Final

from chalice.app import Request
from chalice.app import Response as HttpResponse

from chalicelib import render
from chalicelib.errors import NotFound
from chalicelib.web.etag import tag_of
from chalicelib.web.problems import problem_for
from chalicelib.web.static_files import A_YEAR, CSS, File, file_response

NAMED: Final = "style-{}.css"


@cache
def style() -> File:
    text = render.app_style()
    return File(text, CSS, A_YEAR, tag_of(text.encode()))


@cache
def style_name() -> str:
    return NAMED.format(style().tag.strip('"')[:16])


def show_style(request: Request, file: str) -> HttpResponse:
    if file != style_name():
        return problem_for(NotFound("file"))
    headers = request.headers
    return file_response(style(), headers.get("if-none-match"), headers.get("accept-encoding", ""))
