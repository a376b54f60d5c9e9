"""The answer of a page over HTTP, with its cookies, navigation and brand."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chalice.app import Response as HttpResponse

from chalicelib.brands.brand import Branding
from chalicelib.dashboard.cookies import SAID
from chalicelib.dashboard.navigation import READ, SET_UP, entries
from chalicelib.dashboard.sheet import sheet_response
from chalicelib.dashboard.shown import Moved, Shown, html_of
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import NotFound
from chalicelib.languages import SOURCE
from chalicelib.web.problems import RETRY_AFTER_S

Answer = Shown | Moved | HttpResponse
SAID_FOR_S: Final = 60


def sent(visit: Visit[Any], answer: Answer, branding: Callable[[], Branding]) -> HttpResponse:
    """`branding` is read for what is shown alone."""
    if isinstance(answer, Moved):
        return _moved(visit, answer)
    if isinstance(answer, Shown):
        return _shown(visit, answer, branding())
    return answer


def sheet_of(answer: Answer) -> HttpResponse:
    """Raises NotFound of a page without a table of its own."""
    if not isinstance(answer, Shown) or answer.sheet is None:
        raise NotFound("table")
    return sheet_response(answer.sheet)


def _moved(visit: Visit[Any], moved: Moved) -> HttpResponse:
    where = visit.at(moved.to, **moved.query)
    cookies = [*moved.cookies]
    if moved.said:
        cookies.append(visit.jar.set(SAID, moved.said, SAID_FOR_S))
    headers: dict[str, str | list[str]] = {"Location": where, "Cache-Control": "no-store"}
    return HttpResponse("", headers | ({"Set-Cookie": cookies} if cookies else {}), 303)


def _shown(visit: Visit[Any], shown: Shown, brand: Branding) -> HttpResponse:
    if visit.method == "GET":
        visit.said = visit.cookie(SAID)
    response = html_of(shown, **visit.facts, **_navigation(visit), brand=brand)
    is_told = visit.method == "GET" and visit.said
    cookies = [*shown.cookies, *([visit.jar.drop(SAID)] if is_told else [])]
    if cookies:
        response.headers["Set-Cookie"] = cookies
    if visit.method == "HEAD":
        response.body = ""
    return response


def _navigation(visit: Visit[Any]) -> Mapping[str, Any]:
    scopes = visit.key.scopes
    return {"read_pages": entries(READ, scopes), "set_up_pages": entries(SET_UP, scopes)}


def unshown(visit: Visit[Any] | None, status: int) -> HttpResponse:
    """A browser shows nothing where a frame has a page that may be in none, such as the sign-in."""
    is_signed_out = status in (303, 401)
    facts = {**(visit.facts if visit else {"lang": SOURCE}), "is_signed_out": is_signed_out}
    shown = 401 if is_signed_out else status
    return html_of(Shown("unshown", facts, shown, is_framed=True))


def trouble(visit: Visit[Any] | None) -> HttpResponse:
    """503 in English and without navigation when nothing could be read."""
    facts = visit.facts if visit else {"lang": SOURCE}
    return html_of(Shown("trouble", facts, 503, retry_after=RETRY_AFTER_S))
