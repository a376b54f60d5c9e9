"""A page is shown also when its arrival cannot be noted, and that is told."""

from typing import Any

import pytest

from chalicelib import wiring
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
    assert b"you rated 9" in page.body
    assert metrics_of(capsys.readouterr().out, "UnexpectedFailure")
    assert heed.items("VISIT") == []
