"""A member's browser on the deployed stack. It notes what goes wrong on any page that it shows."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PATIENCE_MS = 60_000
VIOLATIONS = """document.addEventListener("securitypolicyviolation", event => console.error(
  `policy: ${event.violatedDirective} ${event.blockedURI}`))"""
LINK = re.compile(r"http\S+/app/sign-in/\w+")


class Visitor:
    """`wrong`: errors of the console, violations of the policy, and requests to anybody else."""

    def __init__(self, browser: Browser, stack: Any) -> None:
        self.stack, self.wrong = stack, list[str]()
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce"
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(VIOLATIONS)
        self.context.on("console", self._hear)
        self.context.on("request", self._see)
        self.page: Page = self.context.new_page()

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.stack.app}/{path}".rstrip("/"))
        return self.page

    def at(self, path: str = "") -> str:
        return f"{self.stack.app}/{path}".rstrip("/")

    def ask(self, address: str) -> None:
        """On the page for it, where the browser is."""
        self.page.get_by_label("Your e-mail address").fill(address)
        self.page.get_by_role("button", name="Send me the link").click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    @property
    def session(self) -> dict[str, Any]:
        """The cookie of whoever is signed in."""
        (found,) = [
            one for one in self.context.cookies() if str(one.get("name")).endswith("-session")
        ]
        return dict(found)

    def _hear(self, message: ConsoleMessage) -> None:
        is_of_pages = message.page is not None and message.page.url.startswith(self.stack.app)
        if is_of_pages and message.type in ("error", "warning"):
            self.wrong.append(f"{message.text} ({message.location.get('url')})")

    def _see(self, request: Request) -> None:
        ours = {urlsplit(own).netloc for own in (self.stack.app, self.stack.inbox)}
        if request.url.startswith("http") and urlsplit(request.url).netloc not in ours:
            self.wrong.append(f"asked {request.url}")
