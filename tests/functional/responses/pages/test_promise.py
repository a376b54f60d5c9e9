"""What a page promises: how long an answer is kept, whom to ask, and how to be forgotten."""

import re

import pytest
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY
from tests.support.tapping import Mail


@pytest.fixture
def kept_for_90_days() -> dict[str, object]:
    return {"keep_days": 90, "asks_contact": True}


@pytest.mark.parametrize("identity", ["named", "confidential", "anonymous"])
def test_every_kind_of_survey_has_a_promise(
    heed: Heed, kept_for_90_days: dict[str, object], identity: str
) -> None:
    promised = kept_for_90_days | {"identity": identity}
    surveys_wiring.surveys().put(replace(SURVEY, **promised))
    shown = heed.http.get(f"/promise/{SURVEY.id}")
    text = " ".join(re.sub("<[^>]+>", " ", shown.body.decode()).split())
    assert shown.status_code == 200
    assert "after this number of days: 90" in text
    assert "Your score and your words stay, without your name." in text
    assert re.search(r"To ask about this, write to: \S+@\S+", text)
    forgets, receipts = "To be forgotten, write to the same address.", "Only your receipt"
    assert (forgets in text, receipts in text) == (
        (False, True) if identity == "anonymous" else (True, False)
    )


def test_the_promise_behind_a_mail_says_the_same(mail: Mail) -> None:
    shown = mail.heed.http.get(f"/r/{mail.token}/promise").body.decode()
    assert shown == mail.heed.http.get(f"/promise/{SURVEY.id}").body.decode()
    assert "after this number of days: 730" in shown
