"""Headless Chromium that stands in for the clients of a scenario.

What had to be learned: Playwright says `webdriver` unless told otherwise; a phone that
Chromium emulates still says Linux and knows no touch callout, which is what the page's
engine check is for, so a real phone is a stub of exactly these; a tab behind another one
stays visible under automation, so a background tab is a stub too.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-blink-features=AutomationControlled",
    # Only the harness is reachable. Chromium resolves *.localhost by itself.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost",
]
PATIENCE_MS = 30_000  # for a machine that is slow
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

BACKGROUND_TAB = """(() => {
  let state = 'hidden';
  Object.defineProperty(Document.prototype, 'visibilityState', {get: () => state});
  Object.defineProperty(Document.prototype, 'hidden', {get: () => state === 'hidden'});
  window.becomeVisible = () => {
    state = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
  };
})()"""
PRERENDER = """(() => {
  let prerendering = true;
  Object.defineProperty(Document.prototype, 'prerendering', {get: () => prerendering});
  window.activatePrerender = () => {
    prerendering = false;
    document.dispatchEvent(new Event('prerenderingchange'));
  };
})()"""
WEBDRIVER = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => true})"
PREVIEW = "Object.defineProperty(Navigator.prototype, 'loadPurpose', {get: () => 'preview'})"
# Voice and switches press a button without a pointer.
VOICE = """for (const type of ['pointermove', 'pointerdown']) {
  addEventListener(type, event => window.byVoice && event.stopImmediatePropagation(), true);
}"""
HINTS = {"background_tab": BACKGROUND_TAB, "prerender": PRERENDER, "preview": PREVIEW}


@contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        raise RuntimeError("The browser replay needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        # The old headless mode moves the pointer by itself, so --headless=new is in FLAGS.
        browser = playwright.chromium.launch(executable_path=program, headless=False, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


# The page's clock stands still until a step runs it. Only what a page knows of how it was opened
# stays real.
KEEP_ENTRIES = "window.realPerformance = performance"
GIVE_ENTRIES = "performance.getEntriesByType = kind => realPerformance.getEntriesByType(kind)"


def context_for(
    browser: Browser, client: dict[str, Any], runs_script: bool, real_phone: bool, hint: str | None
) -> BrowserContext:
    context = browser.new_context(
        user_agent=client["user_agent"] or "",
        viewport=PHONE if client["touch"] else DESKTOP,
        has_touch=client["touch"],
        is_mobile=client["touch"],
        java_script_enabled=runs_script,
        locale="en-US",
    )
    context.set_default_timeout(PATIENCE_MS)
    if runs_script:
        context.add_init_script(VOICE)
        context.add_init_script(KEEP_ENTRIES)
        context.clock.install(time=0)
        context.clock.pause_at(1)
        context.add_init_script(GIVE_ENTRIES)
    if client["webdriver"]:
        context.add_init_script(WEBDRIVER)
    if client["touch"] and real_phone:
        context.add_init_script(_phone(client["user_agent"]))
    if hint:
        context.add_init_script(HINTS[hint])
    return context


def _phone(agent: str) -> str:
    apple = next((name for name in ("iPhone", "iPad", "iPod") if name in agent), None)
    if apple is None:
        return _constant("platform", "Linux armv81")
    return f"""{_constant("platform", apple)};
{_constant("vendor", "Apple Computer, Inc.")};
const supports = CSS.supports.bind(CSS);
CSS.supports = (...asked) => asked[0] === '-webkit-touch-callout' || supports(...asked);"""


def _constant(name: str, value: str) -> str:
    return f"Object.defineProperty(Navigator.prototype, '{name}', {{get: () => '{value}'}})"
