"""A help desk, a person's browser, a mail gateway and a mailbox: what a test uses to talk
to the stack from outside, through HTTP and SMTP alone."""

import base64
import hmac
import html
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from tests.conftest import Stack

T = TypeVar("T")
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
BROWSER = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/154.0.0.0"}
# Opens every link of a mail. It names itself a browser too, but not the person's.
GATEWAY = {"User-Agent": "Mozilla/5.0 (Windows NT 6.1; WOW64) Chrome/79.0.3945.88"}
MOUSE = {"type": "pointermove", "n": 5, "trusted": True, "displaced_px": 90}
# What the page's script writes into the form when a person presses its button.
PRESSED = {"trusted": "1", "gesture": json.dumps(MOUSE)}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def call(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as found:
            return Answer(found.status, dict(found.headers), found.read().decode())
    except urllib.error.HTTPError as error:
        return Answer(error.code, dict(error.headers), error.read().decode())


def open_page(url: str) -> Answer:
    """A person's browser follows a link."""
    return call("GET", url, headers=BROWSER)


def nonce_in(page: str) -> str:
    found = NONCE.search(page)
    assert found, "no form on the page"
    return found[1]


def filled_in(page: str, score: int, comment: str = "") -> dict[str, object]:
    """The form of a page as a browser without script sends it."""
    return {"score": score, "comment": comment, "nonce": nonce_in(page)}


def post_form(url: str, form: dict[str, object], client: dict[str, str]) -> Answer:
    """`url` is any link of the mail; the form goes to /r/{token}."""
    headers = client | {"Content-Type": "application/x-www-form-urlencoded"}
    return call("POST", url.rpartition("/")[0], urlencode(form).encode(), headers)


def press_send(url: str, page: str, score: int, comment: str = "") -> Answer:
    """A person presses the button of a page that their browser opened."""
    return post_form(url, filled_in(page, score, comment) | PRESSED, BROWSER)


def until(found: Callable[[], T], seconds: float = 60, what: str = "it") -> T:
    """The first true result."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        result = found()
        if result:
            return result
        time.sleep(0.3)
    raise AssertionError(f"waited {seconds} s for {what}")


class Outside:
    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def api(
        self, method: str, path: str, body: object = None, more: dict[str, str] | None = None
    ) -> Answer:
        headers = {"Authorization": f"Bearer {self.stack.key}", **(more or {})}
        raw = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            raw = json.dumps(body).encode()
        return call(method, self.stack.api + path, raw, headers)

    def trigger(
        self, body: object, delivery: str, secret: str | None = None, at: str | None = None
    ) -> Answer:
        """Zendesk's POST with a fresh signature."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        timestamp = at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        key = (secret or self.stack.hook_secret).encode()
        digest = hmac.digest(key, timestamp.encode() + raw, "sha256")
        headers = {
            "Content-Type": "application/json",
            "X-Zendesk-Webhook-Invocation-Id": delivery,
            "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
            "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
        }
        return call("POST", self.stack.hook, raw, headers)

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """The newest first, as Sendria lists them."""
        found = call("GET", f"{self.stack.inbox}/api/messages/").json
        return [mail for mail in found["data"] if address in str(mail["recipients_envelope"])]

    def wait_for_mails(self, address: str, count: int = 1, seconds: float = 60) -> list[Any]:
        def enough() -> list[Any]:
            mails = self.mails_to(address)
            return mails if len(mails) >= count else []

        return until(enough, seconds, f"{count} mails")

    def source_of(self, mail: dict[str, Any]) -> str:
        return call("GET", f"{self.stack.inbox}/api/messages/{mail['id']}.source").text

    def html_of(self, mail: dict[str, Any]) -> str:
        return call("GET", f"{self.stack.inbox}/api/messages/{mail['id']}.html").text

    def links_in(self, mail: dict[str, Any]) -> dict[int, str]:
        """The address behind each score of the mail's row."""
        found = re.findall(r'href="([^"]+/r/[^"/]+/(\d+))"', self.html_of(mail))
        return {int(score): html.unescape(url) for url, score in found}

    def links_for(self, survey: str, ticket: str) -> tuple[str, dict[int, str]]:
        """An invitation's id and its links, without a mail to wait for."""
        path = f"/v1/surveys/{survey}/links"
        made = self.api("POST", path, {"ticket": {"id": ticket}}).json
        return made["id"], {link["score"]: link["url"] for link in made["links"]}

    def responses(self, survey: str, state: str) -> list[Any]:
        path = f"/v1/surveys/{survey}/responses?state={state}&limit=100"
        items: list[Any] = self.api("GET", path).json["items"]
        return items

    def scores(self) -> Any:
        return self.api("GET", f"/v1/surveys/{self.stack.survey}/scores?interval=day").json

    def tick(self) -> None:
        """What the schedule does each minute, now."""
        self.stack.aws("lambda").invoke(FunctionName="heed-tick", Payload=b"{}")
