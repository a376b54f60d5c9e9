"""The survey, the keys and the inbox that all clients of a storm share."""

import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from email import message_from_string
from email.policy import SMTP
from itertools import count
from typing import Any

from chalicelib import ids, signed_bytes
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations.token import HEAD_BYTES, LONGEST
from tests.attack.credentials import key_with
from tests.conftest import Stack
from tests.support.outside import Outside, call

SURVEY = "storm"
DEFINITION = {
    "name": "Storm",
    "success": "Nothing is lost.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "external",
    "segments": ["group"],
    "throttle_days": 0,
    "follow_up_minutes": 0,
}
FRESH_S = 2.0


@dataclass(frozen=True)
class Mail:
    """`invitation` is read from its link for unsubscribing."""

    message_id: str
    to: str
    invitation: str
    is_follow_up: bool


@dataclass
class World:
    outside: Outside
    answers: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _listed: list[dict[str, Any]] = field(default_factory=list)
    _listed_at: float = 0

    def note(self, answered: str) -> None:
        with self._lock:
            self.answers[answered] += 1

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """As it was a moment ago: the clients share one look."""
        with self._lock:
            if time.monotonic() - self._listed_at > FRESH_S:
                self._listed = _list(self.outside.stack)
                self._listed_at = time.monotonic()
            return [mail for mail in self._listed if address in mail["recipients_envelope"]]


def prepared(stack: Stack) -> World:
    """A survey of the storm's own, its hook and a key that may do everything."""
    outside = Outside(replace(stack, key=key_with(stack, *Scope)))
    made = outside.api("PUT", f"/v1/surveys/{SURVEY}", DEFINITION)
    assert made.status in (200, 201), made.text
    secret = secrets.token_urlsafe(24)
    hook = outside.api("POST", "/v1/hooks", {"survey": SURVEY, "secret": secret})
    assert hook.status == 201, hook.text
    address = f"{stack.api}/v1/hooks/zendesk/{hook.json['id']}"
    return World(Outside(replace(outside.stack, hook=address, hook_secret=secret)))


def mails(outside: Outside) -> list[Mail]:
    return [_read(outside.source_of(mail), mail) for mail in _list(outside.stack)]


def _read(source: str, listed: dict[str, Any]) -> Mail:
    mail = message_from_string(source, policy=SMTP)
    token = str(mail["List-Unsubscribe"]).rpartition("/u/")[2].rstrip(">")
    body = signed_bytes.read_signed(token, LONGEST).body
    (to,) = listed["recipients_envelope"]
    # A long subject is folded behind its colon.
    is_follow_up = str(mail["Subject"]).strip().startswith("Thank you for your answer")
    return Mail(str(mail["Message-ID"]), to, ids.encode(body[5:HEAD_BYTES]), is_follow_up)


def _list(stack: Stack) -> list[dict[str, Any]]:
    """The inbox gives a hundred at a time, the newest first."""
    found: dict[int, dict[str, Any]] = {}
    for page in count(1):
        told = call("GET", f"{stack.inbox}/api/messages/?page={page}").json
        found |= {mail["id"]: mail for mail in told["data"]}
        if page >= told["meta"]["pages_total"]:
            return list(found.values())
    raise AssertionError
