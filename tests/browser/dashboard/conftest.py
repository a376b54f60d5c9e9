"""The app of the functional tests, in this process, behind a browser. No stack is needed."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from chalicelib.dashboard.cookies import SESSION
from tests.functional.conftest import (
    Heed,
    _moto,
    _no_account,
    _no_hurry,
    _services,
    dynamodb,
    heed,
)
from tests.support.members import cookie_name, signed_in

__all__ = ["_moto", "_no_account", "_no_hurry", "_services", "dynamodb", "heed"]
HOST = "https://heed.example.com"


class Served:
    """A browser context whose every request the app answers."""

    def __init__(self, browser: Browser, heed: Heed, width: int, scheme: str) -> None:
        self.heed, self.is_signed_in = heed, False
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="en-GB",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(30_000)
        self.context.route("**/*", self._answer)

    def sign_in(self) -> None:
        session = signed_in(self.heed).cookies[cookie_name(SESSION)]
        self.context.add_cookies(
            [{"name": cookie_name(SESSION), "value": session, "url": f"{HOST}/app"}]
        )
        self.is_signed_in = True

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(f"{HOST}{path}")
        return page

    def _answer(self, route: Route) -> None:
        sent, where = route.request, urlsplit(route.request.url)
        path = where.path + (f"?{where.query}" if where.query else "")
        headers = {**sent.all_headers(), "accept-encoding": "identity"}
        body = sent.post_data_buffer or b""
        answer = self.heed.http.request(sent.method, path, headers=headers, body=body)
        given = {
            name: "\n".join(value) if isinstance(value, list) else str(value)
            for name, value in answer.headers.items()
        }
        if "Location" in given:
            _lead_on(route, given)
        else:
            route.fulfill(status=answer.status_code, headers=given, body=answer.body)


def _lead_on(route: Route, given: dict[str, str]) -> None:
    """Playwright does not see where an answer of its own leads to, so a page leads there."""
    html = f'<meta http-equiv="refresh" content="0; url={given.pop("Location")}">'
    route.fulfill(status=200, headers={**given, "content-type": "text/html"}, body=html)


@pytest.fixture
def served(browser: Browser, heed: Heed, request: pytest.FixtureRequest) -> Iterator[Served]:
    width, scheme = getattr(request, "param", (320, "light"))
    found = Served(browser, heed, width, scheme)
    yield found
    found.context.close()
