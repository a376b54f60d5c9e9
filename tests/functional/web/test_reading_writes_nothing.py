"""Every GET and HEAD of app.py, with a client that hears each write."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

import app
from chalicelib import moments
from chalicelib.aws import clients
from chalicelib.invitations.token import Purpose
from tests.functional.conftest import HOOK, Heed
from tests.support.capacity import WRITES, Meter
from tests.support.open_link import NOON
from tests.support.samples import SURVEY
from tests.support.tapping import PHONE, Mail

ROUTES = [
    (method, path)
    for methods, path in (route.split(" ") for route in app.ROUTES)
    for method in methods.split("|")
    if method in ("GET", "HEAD")
]
PAGES = ("/r/", "/u/", "/s/")
# What was seen of a link, and when a key was used.
VISITED, USED = {"INVITE"}, {"KEY"}


@pytest.fixture
def settling(heed: Heed) -> Iterator[Mail]:
    """An answer whose ten minutes are over, and that no tick has settled."""
    with time_machine.travel(NOON, tick=False) as clock:
        mail = Mail(heed, clock)
        nonce = mail.open(3, PHONE)
        for kind in ("hello", "dwell"):
            mail.beacon(nonce, kind, PHONE, touch=True)
        clock.shift(timedelta(seconds=601))
        yield mail


def filled(path: str, mail: Mail) -> str:
    known = {
        "token": mail.token,
        "score": "3",
        "survey": SURVEY.id,
        "source": "zendesk",
        "hook": HOOK,
        "invitation": mail.invitation.id,
        "file": "swagger-ui.css",
    }
    if path.startswith("/u/"):
        known["token"] = mail.heed.token(mail.heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    return re.sub(r"{(\w+)}", lambda name: known.get(name[1], "nothing"), path)


def written(mail: Mail, method: str, path: str) -> set[str]:
    with Meter(clients.client("dynamodb")).running() as meter:
        signed_in = {"Authorization": f"Bearer {mail.heed.key}"}
        answer = mail.heed.http.request(method, filled(path, mail), headers=signed_in)
    assert answer.status_code < 500, (path, answer.body)
    writes = [call for call in meter.calls if call.operation in WRITES]
    return {one.partition("#")[0] for call in writes for one in call.partitions}


def test_no_get_writes_anything_but_a_visit(settling: Mail) -> None:
    before = settling.response
    assert (before["state"], before["due_at"] < moments.to_text(moments.now())) == (
        "settling",
        True,
    )
    for method, path in ROUTES:
        allowed = VISITED if path.startswith(PAGES) else USED
        assert written(settling, method, path) <= allowed, (method, path)
    assert settling.response == before
    assert (settling.heed.items("TASK"), settling.heed.items("FOLLOWUP")) == ([], [])
