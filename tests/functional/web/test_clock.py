"""The clock of a request: read once, in milliseconds, and handed down."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from chalice.app import Chalice
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.invitations.token import Purpose
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.responses.pages.test_tap import Mail
from tests.support.filling import PRESSED
from tests.support.samples import SURVEY

START = datetime(2026, 11, 20, 13, 20, tzinfo=UTC)
# A request's readings lie this far apart: some of them on both sides of a millisecond.
STEP = timedelta(microseconds=300)


class Clock:
    """Moves at each reading, and counts the readings of the request that runs."""

    def __init__(self) -> None:
        self.at, self.read, self.most = START, 0, 0

    def now(self) -> datetime:
        self.at += STEP
        self.read += 1
        self.most = max(self.most, self.read)
        return self.at.replace(microsecond=self.at.microsecond // 1000 * 1000)

    def shift(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    answer = Chalice.__call__

    def counted(self: Chalice, event: object, context: object) -> object:
        clock.read = 0
        answered = answer(self, event, context)
        clock.read = -1_000  # what a test reads between two requests is not counted
        return answered

    monkeypatch.setattr(moments, "now", clock.now)
    monkeypatch.setattr(Chalice, "__call__", counted)
    return clock


@pytest.fixture
def mail(heed: Heed, clock: Clock) -> Iterator[Mail]:
    mail = Mail(heed, clock)
    clock.most = 0
    yield mail
    assert clock.most == 1


def test_a_first_send_is_heard_wherever_in_a_millisecond_it_comes(mail: Mail) -> None:
    for step in range(12):
        score, words = step % 11, f"These are words number {step}."
        page = mail.send(mail.open(score), score, **PRESSED, comment=words)
        assert page.status_code == 200
        assert mail.response["state"] == "counted"
        assert (mail.response["score"], mail.response["comment"]) == (score, words)
        mail.clock.shift(timedelta(minutes=10, microseconds=170))


def test_a_beacon_and_a_press_within_a_millisecond_are_both_heard(mail: Mail) -> None:
    nonce = mail.open(9)
    mail.beacon(nonce, "hello")
    assert mail.send(nonce, 9, **PRESSED).status_code == 200
    assert mail.response["state"] == "counted"


def test_every_page_reads_the_clock_once(mail: Mail) -> None:
    http, survey = mail.heed.http, replace(SURVEY, open_link=True)
    surveys_wiring.surveys().put(survey)
    surveys_wiring.catalogue.cache_clear()
    unsubscribe = mail.heed.token(mail.heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    form = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "a person's"}
    for path in (f"/r/{mail.token}/promise", f"/s/{survey.id}", f"/u/{unsubscribe}", "/r/x"):
        http.get(path)
    for path in (f"/s/{survey.id}", f"/u/{unsubscribe}", f"/r/{mail.token}"):
        http.post(path, headers=form, body=b"score=9")


def test_an_answer_in_the_last_hour_of_a_link_counts(heed: Heed, clock: Clock) -> None:
    """A token ends at a full hour, its invitation somewhere before it."""
    mail = Mail(heed, clock)
    clock.shift(timedelta(days=29, hours=23, minutes=20))
    nonce = mail.open(4)
    clock.shift(timedelta(seconds=9))
    assert mail.send(nonce, 4, trusted="1", comment="Late, but in time.").status_code == 200
    assert mail.response["comment"] == "Late, but in time."


def test_a_slow_request_with_an_earlier_clock_takes_no_answer_back(mail: Mail) -> None:
    nonce = mail.open(9)
    mail.beacon(nonce, "hello")
    earlier = moments.now()
    mail.clock.shift(timedelta(seconds=2))
    mail.send(nonce, 9, trusted="1")
    counted = mail.response
    responses_wiring.settle(mail.invitation.id, earlier)
    assert mail.response == counted
