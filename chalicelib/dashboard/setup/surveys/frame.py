"""A preview as the answer of a request: a page of its own, for a frame in which nothing runs."""

from typing import Literal

from chalice.app import Response as HttpResponse

from chalicelib.dashboard.setup.surveys.preview import POLICY
from chalicelib.dashboard.shown import HEADERS
from chalicelib.languages import LANGUAGES
from chalicelib.web.query import Query

Language = Literal[LANGUAGES]  # type: ignore[valid-type]


class PreviewQuery(Query):
    kind: Literal["mail", "page", "thanks"] = "mail"
    lang: Language = "en"


def framed(html: str) -> HttpResponse:
    return HttpResponse(html, {**HEADERS, "Content-Security-Policy": POLICY}, 200)
