"""A page shows what its own visit wrote, and nothing that was written before."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from tests.functional.conftest import Heed
from tests.support.filling import PRESSED, filled_in
from tests.support.open_link import Door, cookie_in
from tests.support.samples import SURVEY
from tests.support.tapping import DESKTOP, MOUSE, PHONE, Mail

WORDS = "The laptop was <lost> for a week."
SHOWN = "The laptop was &lt;lost&gt; for a week."
TICKED = 'value="yes" checked'


class Sender:
    """A link in the hands of several people, one after the other."""

    def __init__(self, heed: Heed, path: str, clock: Any) -> None:
        self.heed, self.path, self.clock = heed, path, clock

    def opened(self) -> Any:
        return self.heed.open(self.path)

    def send(self, page: Any, score: object, comment: str = "", **fields: str) -> Any:
        self.clock.shift(2)
        return self.heed.post_form(self.path, filled_in(page, score, comment) | fields)


@pytest.fixture
def sender(mail: Mail) -> Sender:
    put_counts(mail.heed, "send")
    return Sender(mail.heed, f"/r/{mail.token}", mail.clock)


@pytest.fixture
def answered(sender: Sender) -> Sender:
    page = sender.send(sender.opened(), 3, WORDS, contact="yes")
    assert SHOWN in page.body.decode()
    assert TICKED in page.body.decode()
    return sender


@pytest.mark.parametrize("score", [3, 8])
def test_a_form_of_only_a_score_reads_nothing_back(answered: Sender, score: int) -> None:
    for fields in (
        {"score": score},
        {"score": score, "comment": "", "nonce": "made up"},
        filled_in(answered.opened(), score),
        filled_in(answered.opened(), score) | PRESSED,
    ):
        html = answered.heed.post_form(answered.path, fields).body.decode()
        counts = "trusted" in fields and fields["trusted"] == "1"
        assert f"Your {score} is {'recorded' if counts else 'not confirmed yet'}" in html
        assert "laptop" not in html
        assert TICKED not in html
    (stored,) = answered.heed.items("RESPONSE")
    assert (stored["comment"], stored["contact"]) == (WORDS, True)


def test_what_is_refused_or_not_saved_reads_nothing_back(answered: Sender, unsaved: None) -> None:
    for fields in ({"score": "99"}, filled_in(answered.opened(), 4) | PRESSED):
        page = answered.heed.post_form(answered.path, fields)
        assert page.status_code in (400, 503)
        assert "laptop" not in page.body.decode()
        assert TICKED not in page.body.decode()


@pytest.fixture
def unsaved(answered: Sender, faulty: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib import wiring

    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    down = [("before", "ThrottlingException", 400)] * 99
    faulty(wiring.table()._table._client, {"TransactWriteItems": down})  # type: ignore[attr-defined]


def test_the_words_of_the_visit_itself_stay_when_the_box_is_emptied(sender: Sender) -> None:
    """They stay with the answer, so the page goes on to show them. The tick goes as it was set."""
    page = sender.send(sender.opened(), 3, WORDS, contact="yes")
    for score in (4, 5):
        refused = sender.send(page, 99)
        page = sender.send(refused, score)
        assert f">\n{SHOWN}</textarea>" in page.body.decode()
        assert TICKED not in page.body.decode()


def test_the_longest_words_come_back_and_can_be_sent_again(sender: Sender) -> None:
    longest = "\U0001f600" * 10_000
    page = sender.opened()
    for score in (3, 4):
        page = sender.send(page, score, longest)
        assert f"Your {score} is recorded" in page.body.decode()


def test_a_link_does_not_tell_which_score_stands(mail: Mail) -> None:
    mail.send(mail.open(9), 9, trusted="1", gesture=json.dumps(MOUSE), comment=WORDS)
    assert mail.response["state"] == "counted"
    nonces = [mail.open(2, PHONE), mail.open(2, PHONE), "", "made up"]
    for nonce, trusted in zip(nonces, ("0", "0", "1", ""), strict=True):
        for score in (2, 9):
            html = mail.send(nonce, score, PHONE, trusted=trusted).body.decode()
            assert f"Your {score} is not confirmed yet" in html
            assert "laptop" not in html
    assert (mail.response["score"], mail.response["comment"]) == (9, WORDS)


def test_the_same_form_twice_is_recorded_and_says_so_twice(mail: Mail) -> None:
    nonce = mail.open(9, DESKTOP)
    for _ in range(2):
        page = mail.send(nonce, 9, trusted="1", gesture=json.dumps(MOUSE), comment=WORDS)
        assert "Your 9 is recorded" in page.body.decode()
        assert SHOWN in page.body.decode()


def test_an_old_form_that_comes_again_is_not_said_to_be_recorded(sender: Sender) -> None:
    page = sender.opened()
    sender.send(page, 3)
    sender.send(sender.opened(), 8)
    assert "Your 3 is not confirmed yet" in sender.send(page, 3).body.decode()
    assert [item["score"] for item in sender.heed.items("RESPONSE")] == [8]


def test_an_open_link_on_a_shared_device_reads_nothing_back(door: Door) -> None:
    first = door.answer(3, WORDS)
    assert SHOWN in first.body.decode()
    cookie = cookie_in(first)
    second = door.answer(3, cookie=cookie)
    assert "Your 3 is recorded" in second.body.decode()
    third = door.send(filled_in(second, 4), cookie)
    for page in (second, third):
        assert "laptop" not in page.body.decode()
    assert [item["comment"] for item in door.heed.items("RESPONSE")] == [WORDS]


def put_counts(heed: Heed, counts: str, asks_contact: bool = True) -> None:
    from chalicelib.surveys import wiring as surveys_wiring

    changes = {"counts": counts, "asks_contact": asks_contact}
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()
