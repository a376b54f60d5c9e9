"""One page that a client of a scenario opens, and what the app is told about it."""

import html
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin

from playwright.sync_api import Browser, BrowserContext, Page, Request
from playwright.sync_api import Error as PlaywrightError

from tests.onetap import browser_events
from tests.onetap.browser_clients import context_for
from tests.onetap.browser_network import Answered, Asked
from tests.onetap.browser_wire import Wire

Step = dict[str, Any]
LEAVE_ARRIVES_S = 10.0
PATIENCE_S = 30.0


@dataclass
class Visit:
    """`expected` are the beacons that the corpus lists for it. `identity` is the client
    whose address and headers its requests carry: a phone may change its network."""

    name: str
    client: dict[str, Any]
    opening: Step
    hint: str | None
    expected: list[Step] = field(default_factory=list)
    beacons: list[dict[str, Any]] = field(default_factory=list)
    lost_beacons: list[dict[str, Any]] = field(default_factory=list)
    first_page: str = ""
    last_page: str = ""
    action: str = ""
    identity: dict[str, Any] = field(init=False)
    is_open: bool = False
    killed: bool = False
    loses_next_answer: bool = False
    context: BrowserContext | None = None
    page: Page | None = None
    _unanswered: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.identity = self.client

    @property
    def runs_script(self) -> bool:
        return bool(self.opening.get("js", True) and self.client["js"])

    @property
    def is_alive(self) -> bool:
        return self.is_open and self.page is not None and not self.killed

    @property
    def nonce(self) -> str:
        return nonce_in(self.first_page)

    def has_said(self, kind: str) -> bool:
        return any(beacon["type"] == kind for beacon in self.beacons)

    def prepare(self, browser: Browser) -> None:
        """Before the clock runs: a browser takes its time to make a page."""
        self.context = context_for(
            browser,
            self.client,
            runs_script=self.runs_script,
            real_phone=all(one["evidence"]["engine_ok"] for one in self.expected),
            hint=self.hint,
        )
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._unanswered.add(request))
        for event in ("requestfinished", "requestfailed"):
            self.page.on(event, lambda request: self._unanswered.discard(request))

    def open(self, address: str) -> None:
        assert self.page
        self.is_open = True
        self.page.goto(address, wait_until="domcontentloaded")
        if self.opening.get("reload_of"):
            # The tab is restored: the address has no score any more.
            self.page.reload(wait_until="domcontentloaded")

    def run_for(self, seconds: float) -> None:
        """Of the page's own time. What it says has arrived before anything else happens."""
        if self.page and self.runs_script:
            self.page.clock.run_for(round(seconds * 1000))
            deadline = time.monotonic() + PATIENCE_S
            while self._unanswered and time.monotonic() < deadline:
                self.page.wait_for_timeout(2)

    def jump(self, seconds: float) -> None:
        if self.page and self.runs_script and seconds > 0:
            self.page.clock.fast_forward(round(seconds * 1000))

    @property
    def was_sent(self) -> bool:
        return self.last_page != self.first_page

    def do(self, step: Step) -> None:
        if step["event"] in ("close", "discard_prerender"):
            self.close()
        elif step["event"] == "kill":
            self.kill()
        elif self.page:
            browser_events.act_on(self.page, step)

    def submit(self, step: Step, answer_is_lost: bool) -> None:
        assert self.page
        self.loses_next_answer = answer_is_lost
        if answer_is_lost:
            browser_events.press(self.page, step, self.client["touch"])
            self.page.wait_for_timeout(300)
            return
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            browser_events.press(self.page, step, self.client["touch"])

    def come_online(self) -> None:
        if self.page:
            self.page.evaluate("dispatchEvent(new Event('online'))")

    def close(self) -> None:
        """As a person closes a tab: what the page sends while it goes still arrives."""
        says_goodbye = self.has_said("hello") and not self.has_said("leave") and not self.was_sent
        self._end()
        deadline = time.monotonic() + LEAVE_ARRIVES_S
        while says_goodbye and not self.has_said("leave") and time.monotonic() < deadline:
            time.sleep(0.01)

    def kill(self) -> None:
        """As a browser dies: nothing is sent any more."""
        self.killed = True
        self._end()

    def _end(self) -> None:
        page, context = self.page, self.context
        self.page = self.context = None
        try:
            if page and context:
                page.close()
                context.close()
        except PlaywrightError:
            self.killed = True

    def respond(self, asked: Asked, wire: Wire) -> Answered | None:
        if self.killed or (asked.is_beacon and self._is_lost(asked)):
            return None
        answered = wire.pass_on(asked, self.identity, self.opening.get("headers") or {})
        if asked.is_beacon:
            self.beacons.append(json.loads(asked.body))
        elif asked.is_navigation:
            self._keep(asked, answered)
        if self.loses_next_answer and asked.method == "POST" and not asked.is_beacon:
            # The app has the form. The person, who sees no new page, presses again.
            self.loses_next_answer = False
            return Answered(204, {}, b"")
        return answered

    def _is_lost(self, asked: Asked) -> bool:
        """The corpus says which beacons never arrive; a later one of its kind does."""
        kind = json.loads(asked.body)["type"]
        lost = sum(one["type"] == kind and bool(one.get("lost")) for one in self.expected)
        tried = sum(beacon["type"] == kind for beacon in self.lost_beacons)
        if tried >= lost:
            return False
        self.lost_beacons.append(json.loads(asked.body))
        return True

    def _keep(self, asked: Asked, answered: Answered) -> None:
        if self.loses_next_answer:
            return
        self.last_page = answered.body.decode()
        if not self.first_page:
            self.first_page = self.last_page
            self.action = action_in(self.first_page, asked.path)


def nonce_in(page: str) -> str:
    found = re.search(r'name="nonce" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def action_in(page: str, path: str) -> str:
    found = re.search(r'<form method="post" action="([^"]*)"', page)
    return urljoin(path, html.unescape(found[1])) if found else path


def form_of(step: Step, nonce: str, runs_script: bool) -> bytes:
    """A form that no page of ours sent, as a program would make it up."""
    clicked = {True: "1", False: "0", None: ""}[step.get("trusted") if runs_script else None]
    gesture = json.dumps(step["gesture"]) if runs_script and step.get("gesture") else ""
    fields = {"score": step["score"], "comment": step.get("comment", ""), "nonce": nonce}
    return urlencode(fields | {"trusted": clicked, "gesture": gesture, "act": "send"}).encode()
