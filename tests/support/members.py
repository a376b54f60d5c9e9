"""A member in a browser: it keeps its cookies and fills in the forms that a page shows."""

import json
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

import app
from chalicelib import moments, wiring
from chalicelib.aws.mailer import SesMailer
from chalicelib.dashboard.cookies import SESSION, Jar
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.members import wiring as members_wiring
from chalicelib.members.begin_session import begin_session
from chalicelib.members.member import Member, new_member_id
from chalicelib.members.role import Role

DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/154.0.0.0"
FORM = "application/x-www-form-urlencoded"
ADDRESS = "kari@example.com"


def add_member(
    role: Role = Role.ADMIN, address: str = ADDRESS, surveys: Any = None, lang: str | None = None
) -> Member:
    person = invitations_wiring.person_of(address)
    reach = frozenset(surveys) if surveys is not None else None
    member = Member(new_member_id(), person, address, "Kari Nordmann", role, reach, lang)
    members_wiring.members().add(member)
    return member


class Browser:
    """`headers` are sent with everything."""

    def __init__(self, heed: Any, **headers: str) -> None:
        self.heed, self.cookies = heed, dict[str, str]()
        self.headers = {"User-Agent": DESKTOP, **headers}

    def open(self, path: str, **headers: str) -> Any:
        """Follows no redirect: its `Location` is in the headers."""
        return self._took(self.heed.http.get(path, headers=self._sent(headers)))

    def follow(self, answer: Any) -> Any:
        where = urlsplit(answer.headers["Location"])
        return self.open(where.path + (f"?{where.query}" if where.query else ""))

    def post(self, path: str, fields: object, **headers: str) -> Any:
        """As it is: a form without its token is forged."""
        kind = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        raw = urlencode(fields, doseq=True).encode()  # type: ignore[arg-type]
        sent = self._sent({**kind, **headers})
        return self._took(self.heed.http.post(path, headers=sent, body=raw))

    def upload(self, path: str, fields: Any, files: list[tuple[str, bytes]]) -> Any:
        """By parts, as a browser sends a form with files. An empty file is a field without one."""
        head = 'Content-Disposition: form-data; name="{}"'
        parts = [(head.format(name), value.encode()) for name, value in fields.items()]
        for name, data in files:
            named = f'{head.format(name)}; filename="{"x.png" if data else ""}"'
            parts.append((f"{named}\r\nContent-Type: application/octet-stream", data))
        body = b"".join(
            b"--edge\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n" for head, data in parts
        )
        return self.send(path, body + b"--edge--\r\n", "multipart/form-data; boundary=edge")

    def send(self, path: str, body: bytes, kind: str) -> Any:
        sent = self._sent({"Content-Type": kind, "Sec-Fetch-Site": "same-origin"})
        return self._took(self.heed.http.post(path, headers=sent, body=body))

    def press(self, page: Any, form: str = "form", **fields: object) -> Any:
        """Sends the form with this id, with its hidden fields and `fields`."""
        action, hidden = form_in(page, form)
        return self.post(urlsplit(action).path, {**hidden, **fields})

    def _sent(self, more: dict[str, str]) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**self.headers, **({"Cookie": cookie} if cookie else {}), **more}

    def _took(self, answer: Any) -> Any:
        given = answer.headers.get("Set-Cookie") or answer.headers.get("set-cookie") or []
        for text in [given] if isinstance(given, str) else given:
            for name, found in SimpleCookie(text).items():
                self.cookies[name] = found.value
                if found["max-age"] == "0":
                    del self.cookies[name]
        return answer


def signed_in(heed: Any, role: Role = Role.ADMIN, surveys: Any = None, **more: Any) -> Browser:
    """A browser of somebody with this role, who has signed in."""
    member, browser = add_member(role, surveys=surveys, **more), Browser(heed)
    keys = invitations_wiring.token_keys()
    text = begin_session(member.person, moments.now(), keys, members_wiring.sessions(), [])
    browser.cookies[cookie_name(SESSION)] = text
    return browser


def cookie_name(of: str) -> str:
    return Jar("", True, wiring.secrets().text("person-key")).name(of)


def form_in(page: Any, form: str = "form") -> tuple[str, dict[str, str]]:
    """Its action, and its hidden fields."""
    html = page.body.decode()
    (found,) = re.findall(rf'<form [^>]*id="{re.escape(form)}"[^>]*>.*?</form>', html, re.DOTALL)
    (action,) = re.findall(r'^<form [^>]*action="([^"]*)"', found)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', found)
    return unescape(action), {name: unescape(value) for name, value in hidden}


class Clock:
    """As Lambda's context tells the time that is left."""

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


class Post:
    """The letters to members, as the mail service gets them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent = list[tuple[str, EmailMessage]]()
        monkeypatch.setattr(SesMailer, "send", self._take)

    def deliver(self, heed: Any) -> list[tuple[str, EmailMessage]]:
        """Sends what waits, and gives what has gone to whom."""
        waiting = [item for item in heed.items("LETTER") if item["status"] == "queued"]
        records = [
            {"messageId": item["id"], "body": json.dumps(queued(item)), "eventSource": "aws:sqs"}
            for item in waiting
        ]
        if records:
            answer = app.send_mail({"Records": records}, Clock())
            assert answer == {"batchItemFailures": []}
        return self.sent

    def link(self, heed: Any) -> str:
        """The path of the link in the last letter."""
        _, message = self.deliver(heed)[-1]
        text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        (found,) = re.findall(r"https://heed\.example\.com(/app/sign-in/\w+)", text)
        return str(found)

    def _take(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        self.sent.append((recipient, message_from_bytes(raw, policy=policy.default)))
        return f"message-{len(self.sent)}"


def queued(item: dict[str, Any]) -> dict[str, Any]:
    detail = {"id": "event", "letter": item["id"], "kind": item["kind"], "survey": None}
    return {"detail-type": "LetterQueued", "detail": detail}


def ask(browser: Browser, address: str = ADDRESS, back: str = "") -> Any:
    """Asks for a link, as a person does; gives the answer to the form."""
    page = browser.open(f"/app/sign-in?back={quote(back)}" if back else "/app/sign-in")
    return browser.press(page, email=address)
