"""Whoever opens the mailed link before the member does: with GET, HEAD and POST, with a browser's
script and without."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.functional.conftest import Heed
from tests.support.members import (
    DESKTOP,
    FORM,
    Browser,
    Post,
    add_member,
    ask,
    form_in,
    sessions_of,
)

AGENTS = (DESKTOP, "Mozilla/5.0 (compatible; scanner)", "")
SITES: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://heed.example.com", "Referer": "https://heed.example.com/app/sign-in"},
)


class Scanner(Browser):
    """With cookies as a browser, so that it has whatever our pages give to anybody."""

    def head(self, path: str) -> Any:
        return self._took(self.heed.http.request("HEAD", path, headers=self._sent({})))

    def raw(self, path: str, fields: dict[str, str], headers: dict[str, str]) -> Any:
        sent = self._sent({"Content-Type": FORM, **headers})
        return self._took(self.heed.http.post(path, headers=sent, body=urlencode(fields).encode()))

    def press_all(self, page: Any) -> None:
        """As a sandbox with script does: every form that the page shows, with what is in it."""
        for name in re.findall(r'<form [^>]*id="([^"]+)"', page.body.decode()):
            action, hidden = form_in(page, name)
            self.post(re.sub(r"^https://[^/]+", "", action), hidden)


def scan(scanner: Scanner, link: str) -> None:
    for _ in range(2):
        assert scanner.head(link).status_code == 200
        page = scanner.open(link)
        scanner.press_all(page)
        token = dict(re.findall(r'name="(csrf)" value="([^"]*)"', page.body.decode()))
        code = re.search(r'<p class="code">([^<]+)<', page.body.decode())
        for site in SITES:
            scanner.raw(link, token, site)
            scanner.raw("/app/code", {**token, "code": code[1] if code else ""}, site)
        asked = scanner.open("/app/code")
        scanner.press(asked, code=code[1] if code else "")


@pytest.mark.parametrize("agent", AGENTS)
def test_a_scanner_in_whatever_way_signs_nobody_in_and_leaves_the_link_good(
    heed: Heed, post: Post, browser: Browser, agent: str
) -> None:
    add_member()
    ask(browser)
    link = post.link(heed)
    scanner = Scanner(heed, **{"User-Agent": agent})
    scan(scanner, link)
    assert scanner.open("/app/tasks").status_code == 303
    assert sessions_of(heed) == []
    browser.press(browser.open(link))
    assert browser.open("/app/tasks").status_code == 200


def test_a_scanner_that_asks_for_a_link_of_its_own_gets_into_nothing(
    heed: Heed, post: Post, browser: Browser
) -> None:
    """It has a sign-in of its browser then, which is another one."""
    add_member()
    ask(browser)
    link = post.link(heed)
    scanner = Scanner(heed)
    ask(scanner, "nobody@example.com")
    scan(scanner, link)
    assert sessions_of(heed) == []
    browser.press(browser.open(link))
    assert browser.open("/app/tasks").status_code == 200
