"""A page is shown also when its arrival cannot be noted, and that is told. It is not shown when
nobody was asked: a crash of the local stack may lose what its mail went out for."""

from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.invitations.token import Purpose
from chalicelib.table import Delete, Key
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import metrics_of
from tests.support.tapping import Mail

THROTTLED = ("before", "ThrottlingException", 400)


def test_a_page_whose_arrival_is_lost_is_shown_and_rings(
    heed: Heed,
    dynamodb: Any,
    faulty: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mail = Mail(heed, None)
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    faulty(dynamodb, {"UpdateItem": [THROTTLED] * 100})
    page = heed.open(f"/r/{mail.token}/9")
    assert page.status_code == 200
    assert b"You chose 9" in page.body
    assert metrics_of(capsys.readouterr().out, "UnexpectedFailure")
    assert [visit["entries"] for visit in heed.items("VISIT")] == [0]


@pytest.mark.parametrize("what", ["", "/9", "/0", "/promise"])
def test_no_page_promises_what_its_form_would_refuse(heed: Heed, what: str) -> None:
    mail = Mail(heed, None)
    nonce = mail.open(9)
    for item in heed.items("INVITE") + heed.items("VISIT"):
        wiring.table().write(Delete(Key(item["PK"], item["SK"])))
    unknown = heed.open("/r/not-a-token/9")
    for _ in range(2):
        page = heed.open(f"/r/{mail.token}{what}")
        assert (page.status_code, page.body) == (404, unknown.body)
    assert mail.beacon(nonce, "hello").status_code == 204
    assert mail.send(nonce, 9, comment="lost").status_code == 404
    assert not heed.items("VISIT") + heed.items("RESPONSE")


def test_nobody_is_told_of_no_more_mails_who_cannot_be_found(heed: Heed) -> None:
    Mail(heed, None)
    path = f"/u/{heed.token(heed.items('INVITE')[0], Purpose.UNSUBSCRIBE)}"
    assert heed.open(path).status_code == 200
    for item in heed.items("INVITE") + heed.items("VISIT"):
        wiring.table().write(Delete(Key(item["PK"], item["SK"])))
    assert heed.open(path).status_code == heed.post_form(path, {}).status_code == 404
