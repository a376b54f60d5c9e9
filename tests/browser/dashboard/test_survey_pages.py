"""The overview and the pages of the demo's surveys in a real browser: axe, the Nu checker, narrow
screens, dark mode, print and the keyboard. No stack is needed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from chalicelib import render
from chalicelib.dashboard.shown import POLICY
from tests.browser.checkers import faults_of_html, violations_on_screens
from tests.functional.conftest import Heed
from tests.support.demo_pages import demo_pages

IMAGES = Path(__file__).parents[3] / "docs/images"
ADDRESS = "https://heed.example.com/app/page"
# The fixtures of the app take all such variables away.
KEEPS_PICTURES = os.environ.get("HEED_SCREENSHOTS") == "1"
LIGHTEST, HEAVIEST = 1_000, 60_000
PICTURE = 150_000
RING = """document.activeElement === document.body
  ? "of the browser" : getComputedStyle(document.activeElement).outlineStyle"""
KEPT = dict[str, str]()


@pytest.fixture
def pages(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    if not KEPT:
        KEPT.update(demo_pages(heed, monkeypatch))
    return KEPT


class Server:
    """Serves one page at a time under its policy, and its style."""

    def __init__(self, context: BrowserContext) -> None:
        self.html, self.asked = "", list[str]()
        context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        if route.request.url.endswith(".css"):
            route.fulfill(body=render.app_style(), content_type="text/css")
            return
        headers = {"Content-Security-Policy": POLICY.format(also="", around="'none'")}
        route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)


def opened(browser: Browser, pages: dict[str, str], **context: Any) -> Iterator[tuple[str, Page]]:
    made = browser.new_context(reduced_motion="reduce", **context)
    server, shown = Server(made), made.new_page()
    for name, server.html in pages.items():
        shown.goto(ADDRESS)
        yield name, shown
    made.close()
    assert {one for one in server.asked if not one.startswith("https://heed.example.com/")} == set()


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, pages: dict[str, str]
) -> None:
    found = {name: violations_on_screens(shown) for name, shown in opened(browser, pages)}
    assert {name: one for name, one in found.items() if one} == {}


def test_the_nu_checker_finds_nothing(pages: dict[str, str], tmp_path: Path) -> None:
    assert faults_of_html(pages, tmp_path) == set()


def test_the_words_of_a_chart_are_as_large_on_a_phone_as_on_a_desk(
    browser: Browser, pages: dict[str, str]
) -> None:
    heights = set()
    for width in (320, 1280):
        only = {"survey": pages["survey"]}
        for _, shown in opened(browser, only, viewport={"width": width, "height": 800}):
            box = shown.locator(".chart.course text").first.bounding_box()
            assert box
            heights.add(round(box["height"]))
    assert len(heights) == 1
    assert min(heights) >= 12


def test_a_page_is_light(pages: dict[str, str]) -> None:
    sizes = {name: len(html.encode()) for name, html in pages.items()}
    assert {name: size for name, size in sizes.items() if not LIGHTEST < size < HEAVIEST} == {}


def test_print_shows_the_chart_and_no_controls(browser: Browser, pages: dict[str, str]) -> None:
    for _, shown in opened(browser, {"survey": pages["survey"]}):
        shown.emulate_media(media="print")
        assert shown.locator(".chart.course").is_visible()
        assert shown.locator("button:visible, nav:visible").count() == 0


def test_everything_is_reached_by_keyboard_and_shows_it(
    browser: Browser, pages: dict[str, str]
) -> None:
    for _, shown in opened(browser, {"survey": pages["survey"]}):
        shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        wanted = shown.evaluate("[...document.links].map(one => one.href)")
        reached, rings = set[str](), set[str]()
        for _ in range(2 * len(wanted)):
            shown.keyboard.press("Tab")
            reached.add(shown.evaluate("document.activeElement.href"))
            rings.add(shown.evaluate(RING))
        assert set(wanted) - reached == set()
        assert "none" not in rings


def test_the_pictures_of_the_readme_are_small(
    browser: Browser, pages: dict[str, str], tmp_path: Path
) -> None:
    """They are kept on request only: a test run leaves the checkout as it was."""
    home = IMAGES if KEEPS_PICTURES else tmp_path
    only, size = {"week": pages["week of a survey"]}, {"width": 1280, "height": 1000}
    for _, shown in opened(browser, only, viewport=size):
        shown.screenshot(path=home / "survey-page.png")
        shown.locator("#score").evaluate("heading => heading.scrollIntoView()")
        shown.screenshot(path=home / "survey-score.png")
    for name in ("survey-page.png", "survey-score.png"):
        assert (home / name).stat().st_size < PICTURE
