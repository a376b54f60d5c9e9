"""What the app gets to see of a client: its headers, its address and its cookies."""

import threading
from http.cookies import SimpleCookie
from typing import Any

from tests.onetap.browser_network import Answered, Asked
from tests.onetap.door import Door

Client = dict[str, Any]
# A door puts its clock and its table in the place of the app's: one at a time.
ONE_WORLD = threading.Lock()
FORM = "application/x-www-form-urlencoded"
CHROMIUM_S_OWN = {"host", "connection", "cookie", "user-agent", "origin", "referer"}
SAID_EACH_TIME = {"sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "dnt", "sec-gpc"}


class Clock:
    """Seconds after delivery: the step's time, and what the pages' clocks have run since."""

    def __init__(self) -> None:
        self._at = self.end = self.ran = 0.0

    def start(self, at: float, end: float) -> None:
        self._at, self.end, self.ran = at, end, 0.0

    @property
    def gap(self) -> float:
        return self.end - self._at

    def now(self) -> float:
        return min(self._at + self.ran, self.end)


class Wire:
    def __init__(self, door: Door, header_sets: dict[str, dict[str, str]], clock: Clock) -> None:
        self._door = door
        self._header_sets = header_sets
        self._clock = clock
        self._cookies: dict[str, SimpleCookie] = {}

    def pass_on(self, asked: Asked, client: Client, opening: dict[str, str]) -> Answered:
        """A request of Chromium's, as the client would have made it. `opening` are the
        headers that the visit was opened with."""
        headers = {
            name.title(): value
            for name, value in asked.headers.items()
            if name not in CHROMIUM_S_OWN and not name.startswith("sec-ch-ua")
        }
        if asked.is_navigation:
            headers |= self._header_sets[client["header_set"]]
        opens = asked.is_navigation and asked.method == "GET"
        headers |= {
            name: value
            for name, value in opening.items()
            if opens or name.lower() in SAID_EACH_TIME
        }
        return self._send(asked.method, asked.path, headers, asked.body, client)

    def request(self, client: Client, step: dict[str, Any], path: str) -> Answered:
        """A request without a page."""
        headers = self._header_sets[client["header_set"]] | (step.get("headers") or {})
        body = (step.get("body") or "").encode()
        if body:
            headers = {"Content-Type": FORM} | headers
        return self._send(step["method"], path, headers, body, client)

    def post_form(self, client: Client, path: str, form: bytes) -> Answered:
        headers = self._header_sets[client["header_set"]] | {"Content-Type": FORM}
        return self._send("POST", path, headers, form, client)

    def _send(
        self, method: str, path: str, headers: dict[str, str], body: bytes, client: Client
    ) -> Answered:
        if client["user_agent"] is not None:
            headers = headers | {"User-Agent": client["user_agent"]}
        jar = self._cookies.setdefault(client["user_agent"] or "", SimpleCookie())
        if jar and client["cookies"] == "persist":
            given = "; ".join(f"{name}={cookie.value}" for name, cookie in jar.items())
            headers = headers | {"Cookie": given}
        with ONE_WORLD:
            reply = self._door.send(method, path, headers, body, client["ip"], self._clock.now())
        for name, value in reply.headers.items():
            if name.lower() == "set-cookie":
                jar.load(value)
        return Answered(reply.status, dict(reply.headers), reply.body.encode())
