"""A page's empty icon, as Chromium takes it. Without a window Chromium asks for no icon of a site,
so that none is asked for is also held by tests/unit/house/test_render.py."""

from playwright.sync_api import Browser

from tests.browser.responses.test_accessibility import ADDRESS, PAGES, Server

ICONS = "[...document.querySelectorAll('link[rel~=icon]')].map(link => link.href)"


def test_the_icon_of_every_page_is_allowed_by_its_policy_and_fetches_nothing(
    browser: Browser,
) -> None:
    context = browser.new_context()
    server, complaints, icons = Server(context), list[str](), set[str]()
    context.on("console", lambda line: complaints.append(line.text))
    shown = context.new_page()
    for server.html in PAGES.values():
        shown.goto(ADDRESS)
        icons |= {*shown.evaluate(ICONS)}
    context.close()
    assert (icons, complaints) == ({"data:,"}, [])
    assert {url for url in server.asked if not url.endswith("/evidence")} == {ADDRESS}
