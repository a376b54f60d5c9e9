"""Somebody's mail and browser, where the tap counts."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.invitations.items import to_item
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.filling import BROWSER as BROWSER
from tests.support.filling import DESKTOP, SEEN
from tests.support.filling import MOUSE as MOUSE
from tests.support.samples import SURVEY, invitation, put_invitation, stored_invitation
from tests.support.ticks import release_due

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
FORM = "application/x-www-form-urlencoded"


class Mail:
    """A mail an hour after it was sent, and somebody's browser."""

    door = "r"

    def __init__(self, heed: Heed, clock: Any) -> None:
        self.heed, self.clock = heed, clock
        surveys_wiring.surveys().put(replace(SURVEY, counts="tap"))
        surveys_wiring.catalogue.cache_clear()
        sent = moments.now() - timedelta(hours=1)
        self.invitation = stored_invitation(
            wiring.table(),
            created_at=sent,
            sent_at=sent,
            asked_day=sent.date().isoformat(),
            expires_at=sent + timedelta(days=30),
        )
        self.token = heed.token(heed.items("INVITE")[0])

    def ask_another(self, segments: tuple[str, ...] = ()) -> None:
        """Of at most 1 KB, whose posture is known."""
        sent = moments.now() - timedelta(hours=1)
        days = {"asked_day": sent.date().isoformat(), "expires_at": sent + timedelta(days=30)}
        name = f"person-{len(self.heed.items('INVITE'))}"
        made = invitation(name, created_at=sent, sent_at=sent, posture="consumer", **days)
        self.invitation = replace(made, segments=segments)
        put_invitation(wiring.table(), self.invitation)
        self.token = self.heed.token(to_item(self.invitation))

    def open(self, score: int, agent: str = DESKTOP) -> str:
        page = self.heed.http.get(
            f"/{self.door}/{self.token}/{score}", headers={"User-Agent": agent}
        )
        assert page.status_code == 200
        return self.nonce(page)

    def nonce(self, page: HTTPResponse) -> str:
        found = re.search(r'name="nonce" value="([^"]+)"', page.body.decode())
        assert found
        return found[1]

    def beacon(self, nonce: str, kind: str, agent: str = DESKTOP, **said: Any) -> HTTPResponse:
        body = json.dumps({"nonce": nonce, "type": kind, **SEEN, **said}).encode()
        return self.post("/evidence", body, agent, "text/plain")

    def send(self, nonce: str, score: int, agent: str = DESKTOP, **fields: str) -> HTTPResponse:
        form = {"score": score, "comment": "", "nonce": nonce, "act": "send", **fields}
        return self.post("", urlencode(form).encode(), agent, FORM)

    def post(self, tail: str, body: bytes, agent: str, kind: str) -> HTTPResponse:
        headers = {"User-Agent": agent, "Content-Type": kind}
        answer: HTTPResponse = self.heed.http.post(
            f"/{self.door}/{self.token}{tail}", headers=headers, body=body
        )
        return answer

    def tick(self, seconds: float = 61) -> None:
        """The next tick that looks at what is only held."""
        self.clock.shift(timedelta(seconds=seconds))
        now = moments.now()
        release_due(wiring.table(), now, lambda one: responses_wiring.settle(one, now))

    @property
    def response(self) -> Any:
        return next(iter(self.heed.items("RESPONSE")), None)
