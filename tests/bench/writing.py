"""What asking and answering costs in units, from the writes that the use cases make."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import time_machine
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.aws.clients import client
from chalicelib.invitations.items import from_item
from chalicelib.mail import wiring as mail_wiring
from chalicelib.mail.mx import Postures
from chalicelib.mail.store import PostureStore
from chalicelib.notify.handlers import send_queued_mail
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.responses.pages.test_tap import DESKTOP, MOUSE, PHONE
from tests.support.capacity import READS, WRITES, Meter
from tests.support.filling import PRESSED, SEEN, filled_in
from tests.support.samples import SURVEY
from tests.support.ticks import release_due


@dataclass(frozen=True)
class Step:
    name: str
    writes: float
    reads: float


@dataclass
class Writing:
    """One person of a survey with one segment, from the request to a changed answer."""

    heed: Heed
    clock: Any
    counts: str
    steps: list[Step] = field(default_factory=list)

    def measure(self, name: str, action: Callable[[], Any]) -> Any:
        self.clock.shift(timedelta(seconds=20))
        with Meter(client("dynamodb")).running() as meter:
            found = action()
        self.steps.append(Step(name, meter.units(*WRITES), meter.units(*READS)))
        return found

    def ask(self, name: str) -> Any:
        body = {
            "email": f"{name}@example.com",
            "name": "Ingrid Solheim",
            "ticket": {"id": name, "subject": "Laptop", "url": "https://desk.example.com/1"},
            "segments": {"group": "Network"},
        }
        answer = self.heed.call("POST", f"/v1/surveys/{self.counts}/invitations", body)
        assert answer.status_code == 201, answer.body
        return answer.json_body

    def mail(self, asked: Any) -> None:
        detail = {"id": "event-1", "invitation": asked["id"]}
        body = json.dumps({"detail-type": "InvitationQueued", "detail": detail})
        record = {"messageId": "1", "body": body, "eventSource": "aws:sqs"}
        assert send_queued_mail({"Records": [record]}, None) == {"batchItemFailures": []}

    def path(self, asked: Any) -> str:
        items = [one for one in self.heed.items("INVITE") if one["id"] == asked["id"]]
        assert from_item(items[0]).sent_at, items[0]
        return f"/r/{self.heed.token(items[0])}"

    def open(self, path: str, score: int, agent: str = DESKTOP) -> Any:
        page = self.heed.http.get(f"{path}/{score}", headers={"User-Agent": agent})
        assert page.status_code == 200, page.body
        return page

    def send(self, path: str, page: Any, score: int, comment: str = "") -> None:
        form = urlencode(filled_in(page, score, comment) | PRESSED).encode()
        headers = {"User-Agent": DESKTOP, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self.heed.http.post(path, headers=headers, body=form)
        assert answer.status_code in (200, 303), answer.body

    def beacon(self, path: str, page: Any, kind: str, agent: str, **said: Any) -> None:
        (nonce,) = re.findall(r'name="nonce" value="([^"]+)"', page.body.decode())
        body = json.dumps({"nonce": nonce, "type": kind, **SEEN, **said}).encode()
        headers = {"User-Agent": agent, "Content-Type": "text/plain"}
        answer = self.heed.http.post(f"{path}/evidence", headers=headers, body=body)
        assert answer.status_code == 204, answer.body


def writes(heed: Heed) -> dict[str, list[Step]]:
    """By the survey's way to count. A mail domain's posture is looked up once in a while
    and written down: somebody of the domain was asked before."""
    found = {}
    with (
        time_machine.travel(datetime(2026, 11, 20, 13, 0, tzinfo=UTC), tick=False) as clock,
        patch.object(mail_wiring, "postures", _postures),
        patch.object(responses_wiring, "watch", lambda seen: None),
    ):
        for counts, rest in (("send", _by_form), ("tap", _by_tap)):
            made = replace(SURVEY, id=counts, counts=counts, segments=["group"])
            surveys_wiring.surveys().put(made)
            one = Writing(heed, clock, counts)
            one.mail(one.ask("first"))
            rest(one, _asked(one))
            found[counts] = one.steps
    return found


def _asked(one: Writing) -> str:
    """Gives the address of the page."""
    asked = one.measure("asked by the API", lambda: one.ask("second"))
    one.measure("mail sent", lambda: one.mail(asked))
    one.clock.shift(timedelta(hours=1))
    return one.path(asked)


def _by_form(one: Writing, path: str) -> None:
    page = one.measure("page opened", lambda: one.open(path, 9))
    one.measure("answered with Send", lambda: one.send(path, page, 9, "Quick, thank you."))
    page = one.open(path, 3)
    one.measure("changed with Send", lambda: one.send(path, page, 3))
    _check(one, 3)
    later = _asked_before(one)
    page = one.open(later, 9)
    one.measure("another, answered a day later", lambda: one.send(later, page, 9))
    _check(one, 9)


def _by_tap(one: Writing, path: str) -> None:
    page = one.measure("page opened by a tap", lambda: one.open(path, 9))
    one.measure(
        "counted at a mouse's move (2 beacons)",
        lambda: [
            one.beacon(path, page, "hello", DESKTOP),
            one.beacon(path, page, "gesture", DESKTOP, gesture=MOUSE),
        ],
    )
    one.measure("words added with Send", lambda: one.send(path, page, 9, "Quick, thank you."))
    again = one.open(path, 3)
    one.measure("changed with Send", lambda: one.send(path, again, 3))
    _check(one, 3)
    _by_phone(one)


def _asked_before(one: Writing) -> str:
    """A response rate counts an answer on the day of asking, so that is one more day."""
    asked = one.ask("third")
    one.mail(asked)
    one.clock.shift(timedelta(days=1))
    return one.path(asked)


def _by_phone(one: Writing) -> None:
    path = _asked_before(one)

    def touch() -> None:
        page = one.open(path, 9, PHONE)
        for kind in ("hello", "dwell"):
            one.beacon(path, page, kind, PHONE, touch=True)

    one.measure("another, a day later on a phone (2 beacons)", touch)
    one.clock.shift(timedelta(minutes=11))
    one.measure("settled ten minutes later", _tick)
    _check(one, 9)


def _tick() -> None:
    now = moments.now()
    release_due(wiring.table(), now, lambda response: responses_wiring.settle(response, now))


def _check(one: Writing, score: int) -> None:
    """What is measured is what happened."""
    found = [item for item in one.heed.items("RESPONSE") if item["survey"] == one.counts]
    last = max(found, key=lambda item: str(item["changed_at"]))
    assert (last["state"], last["score"]) == ("counted", score), last


def _postures() -> Postures:
    return Postures(PostureStore(wiring.table()), lambda domain: ["mx.example.com"])
