import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

VIEWPORTS = {
    "small phone": ViewportSize(width=320, height=640),
    "phone": ViewportSize(width=390, height=844),
    "reading pane": ViewportSize(width=600, height=800),
    "desktop": ViewportSize(width=1280, height=900),
}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.fail("These tests need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page, phone sized unless the test is parametrised with another viewport's name."""
    viewport = VIEWPORTS[getattr(request, "param", "phone")]
    context = browser.new_context(viewport=viewport, device_scale_factor=2, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
