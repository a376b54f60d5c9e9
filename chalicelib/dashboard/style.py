"""The files of the pages: the style of all of them and the script of the preview, named by what
they hold, so that a browser keeps them."""

from functools import cache

from chalice.app import Request
from chalice.app import Response as HttpResponse

from chalicelib import render
from chalicelib.errors import NotFound
from chalicelib.web.etag import tag_of
from chalicelib.web.problems import problem_for
from chalicelib.web.static_files import A_YEAR, CSS, JAVASCRIPT, File, file_response


@cache
def style() -> File:
    text = render.app_style()
    return File(text, CSS, A_YEAR, tag_of(text.encode()))


@cache
def style_name() -> str:
    return f"style-{_digest_of(style())}.css"


@cache
def script() -> File:
    text = render.app_script("setup/_preview")
    return File(text, JAVASCRIPT, A_YEAR, tag_of(text.encode()))


@cache
def script_name() -> str:
    return f"preview-{_digest_of(script())}.js"


def _digest_of(file: File) -> str:
    return file.tag.strip('"')[:16]


def show_file(request: Request, file: str) -> HttpResponse:
    files = {style_name(): style, script_name(): script}
    if file not in files:
        return problem_for(NotFound("file"))
    headers = request.headers
    return file_response(
        files[file](), headers.get("if-none-match"), headers.get("accept-encoding", "")
    )
