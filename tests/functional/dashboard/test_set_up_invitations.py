"""The invitations of a survey, and the report of a month, on pages."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.members import Browser, signed_in
from tests.support.samples import SURVEY, stored_invitation
from tests.support.setup_pages import fields_in, send

HERE = f"/app/setup/surveys/{SURVEY.id}/invitations"
REPORTS = f"/app/setup/surveys/{SURVEY.id}/reports"


@pytest.fixture
def browser(heed: Heed) -> Browser:
    return signed_in(heed)


def text_of(page: Any) -> str:
    return str(page.body.decode())


def waiting(heed: Heed) -> str:
    later = moments.to_text(moments.now() + timedelta(hours=2))
    return str(heed.call("POST", INVITATIONS, ASKED | {"send_at": later}).json_body["id"])


def sent() -> str:
    ends = moments.now() + timedelta(days=30)
    return stored_invitation(wiring.table(), created_at=moments.now(), expires_at=ends).id


def test_one_that_waits_is_cancelled_on_the_page(heed: Heed, browser: Browser) -> None:
    made = waiting(heed)
    page = browser.open(f"{HERE}?status=waiting")
    assert ASKED["email"] in text_of(page)
    answer = send(browser, page, HERE, form=f"cancel-{made}", act="cancel")
    assert "Cancelled." in text_of(browser.follow(answer))
    assert heed.items("INVITE")[0]["status"] == "cancelled"


def test_one_that_was_sent_goes_out_once_more(heed: Heed, browser: Browser) -> None:
    made = sent()
    page = browser.open(HERE)
    assert send(browser, page, HERE, form=f"send-{made}", act="send").status_code == 303
    again = send(browser, page, HERE, form=f"send-{made}", act="send")
    assert again.status_code == 409
    assert "It was sent twice already." in text_of(again)


@pytest.mark.parametrize("reason", Reason)
def test_why_it_was_not_sent_is_said(browser: Browser, reason: Reason) -> None:
    stored_invitation(wiring.table(), status=Status.SUPPRESSED, reason=reason)
    page = browser.open(HERE)
    assert page.status_code == 200
    assert "Not sent: " in text_of(page)
    assert reason.value not in text_of(page).replace(reason.value.replace("_", " "), "")


def test_an_invitation_of_another_survey_is_not_changed_here(heed: Heed, browser: Browser) -> None:
    made = stored_invitation(wiring.table(), survey="another", status=Status.WAITING)
    page = browser.open(f"/app/setup/surveys/{SURVEY.id}")
    fields = {"csrf": fields_in(page)["csrf"], "invitation": made.id, "act": "cancel"}
    assert browser.post(HERE, fields).status_code == 404


@pytest.mark.parametrize(("role", "status"), [*zip(Role, (404, 404, 200, 200), strict=True)])
def test_who_was_asked_is_for_who_may_see_people(heed: Heed, role: Role, status: int) -> None:
    sent()
    page = signed_in(heed, role).open(HERE)
    assert page.status_code == status
    assert ("one@example.com" in text_of(page)) == (status == 200)


def test_a_month_is_edited_and_comes_back_as_it_was_typed(browser: Browser) -> None:
    (month, *_) = re.findall(r"/reports/(\d{4}-\d{2})", text_of(browser.open(REPORTS)))
    here = f"{REPORTS}/{month}"
    lines = {"heard": "The Wi-Fi drops.\n\n  Doors <jam>. ", "did": ""}
    answer = send(browser, browser.open(here), here, act="save", **lines)
    assert "Saved." in text_of(browser.follow(answer))
    assert fields_in(browser.open(here))["heard"] == ["The Wi-Fi drops.\nDoors <jam>."]


def test_a_line_that_is_too_long_is_told_at_its_field(browser: Browser) -> None:
    here = f"{REPORTS}/2026-10"
    answer = send(browser, browser.open(here), here, act="save", heard="x" * 300, did="Y")
    assert re.findall(r'id="e-([^"]+)"', text_of(answer)) == ["heard"]
    assert fields_in(answer)["did"] == ["Y"]


def test_a_month_that_is_over_is_sent_once_and_then_stands(browser: Browser) -> None:
    here = f"{REPORTS}/2026-10"
    page = browser.open(here)
    assert send(browser, page, here, act="send", heard="Wi-Fi", did="Mended").status_code == 303
    assert "<textarea" not in text_of(browser.open(here))
    again = send(browser, page, here, act="send", heard="Other", did="")
    assert again.status_code == 409
    assert "It was sent as it stands." in text_of(again)
