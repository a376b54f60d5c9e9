"""WCAG 2.2 AA on the pages of a stack with a brand, in light and in dark. No stack is needed."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.checkers import violations
from tests.browser.responses.test_accessibility import ADDRESS, Server
from tests.support.renderings import branded, page


@pytest.mark.parametrize("accent", ["#7a0019", "#8a6d00"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_with_a_brand(
    browser: Browser, scheme: Any, accent: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    server, found = Server(context), {}
    server.brand = branded(accent)
    shown = context.new_page()
    states = {state: {"state": state} for state in ("counted", "held")} | {"keep": {"keep": True}}
    pages = {name: page("answer", brand=server.brand, **facts) for name, facts in states.items()}
    pages["unsubscribe"] = page("unsubscribe", brand=server.brand)
    for name, server.html in pages.items():
        shown.goto(ADDRESS)
        assert shown.get_by_role("img", name="Acme").is_visible()
        style = shown.evaluate(
            "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
        )
        assert style.strip() == getattr(server.brand.palette, scheme).accent
        found[name] = violations(shown)
    context.close()
    assert {name: one for name, one in found.items() if one} == {}
