"""The page's script says how long the page was open when the button was pressed. No stack is
needed."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route

from chalicelib import render
from tests.support.renderings import page

pytestmark = pytest.mark.slow

# A tap that is judged, a page where only Send counts, and one that no score was chosen for.
PAGES = [
    {},
    {"evidence": None},
    {"evidence": None, "score": None},
]


@pytest.mark.parametrize("kind", PAGES)
def test_each_press_says_how_long_its_page_was_open(
    browser_page: Page, kind: dict[str, object]
) -> None:
    forms: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        if route.request.method == "POST" and not route.request.url.endswith("/evidence"):
            forms.append(parse_qs(route.request.post_data or ""))
            route.fulfill(status=204)  # the page stays open
            return
        policy = {"Content-Security-Policy": render.content_security_policy(script=True)}
        route.fulfill(body=page("answer", **kind), content_type="text/html", headers=policy)

    browser_page.route("**/*", answer)
    browser_page.goto("https://heed.example.com/r/token/9")
    browser_page.get_by_role("radio", name="4", exact=True).check(force=True)
    for _ in range(2):
        browser_page.wait_for_timeout(1_500)
        browser_page.get_by_role("button", name="Send").click()
        browser_page.wait_for_timeout(300)
    first, second = (int(form["open_ms"][0]) for form in forms)
    assert 1_500 <= first < 6_000
    assert first + 1_500 <= second < 12_000
