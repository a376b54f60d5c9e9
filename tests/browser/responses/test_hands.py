"""What the page's script takes for a hand on the mouse, and what for a driver. No stack is
needed."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route

from chalicelib import render
from tests.onetap.browser_events import move_as_a_hand
from tests.support.renderings import page

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("browser_page", ["desktop"], indirect=True)]


class Opened:
    def __init__(self, browser_page: Page) -> None:
        self.page = browser_page
        self.gestures: list[str] = []
        self.form: dict[str, Any] = {}
        browser_page.route("**/*", self.answer)
        browser_page.goto("https://heed.example.com/r/token/9")

    def answer(self, route: Route) -> None:
        posted = route.request.post_data or ""
        if route.request.url.endswith("/evidence"):
            told = json.loads(posted)
            self.gestures += [told["gesture"]["type"]] if told["type"] == "gesture" else []
            route.fulfill(status=204)
        elif route.request.method == "POST":
            self.form = parse_qs(posted, keep_blank_values=True)
            route.fulfill(status=204)  # the page stays open
        else:
            policy = {"Content-Security-Policy": render.content_security_policy(script=True)}
            route.fulfill(body=page("answer"), content_type="text/html", headers=policy)

    def send(self) -> str | None:
        """Gives the gesture that the form tells of."""
        self.page.locator("button[value=send]").click()
        self.page.wait_for_timeout(300)
        assert self.form["trusted"] == ["1"]
        told = self.form["gesture"][0]
        return json.loads(told)["type"] if told else None


@pytest.fixture
def opened(browser_page: Page) -> Opened:
    return Opened(browser_page)


def jumps(opened: Page) -> None:
    opened.mouse.move(400, 300)


def runs_on_a_ruler(opened: Page) -> None:
    opened.mouse.move(100, 100)
    for step in range(20):
        opened.mouse.move(100 + 11.3 * step, 100 + 7.7 * step)
        opened.wait_for_timeout(25)


def runs_in_steps(opened: Page) -> None:
    opened.mouse.move(90, 400)
    opened.mouse.move(700, 90, steps=40)


DRIVERS: list[Callable[[Page], None]] = [lambda _: None, jumps, runs_on_a_ruler, runs_in_steps]


@pytest.mark.parametrize("drive", DRIVERS)
def test_a_driver_s_moves_and_click_are_no_natural_input(
    opened: Opened, drive: Callable[[Page], None]
) -> None:
    drive(opened.page)
    assert opened.send() == "pointerdown"
    assert "pointermove" not in opened.gestures


@pytest.mark.parametrize("count", [3, 7, 20])
def test_a_hand_is_seen(opened: Opened, count: int) -> None:
    opened.page.wait_for_timeout(300)
    move_as_a_hand(opened.page, count, opened.page.wait_for_timeout)
    assert opened.send() == "pointermove"
    assert opened.gestures == ["pointermove"]


def test_a_keyboard_needs_no_mouse(opened: Opened) -> None:
    opened.page.locator("#comment").focus()
    opened.page.keyboard.type("Quick.")
    assert opened.send() == "keydown"
