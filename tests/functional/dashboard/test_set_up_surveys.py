"""Surveys are set up on a page, and looked at before anybody is asked."""

import re
from typing import Any

import pytest
import time_machine

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.members.role import SCOPES, Role
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.letter_store import letter_from_item
from chalicelib.notify.send_letter import SendLetterNeeds, send_letter
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from tests.functional.conftest import Heed
from tests.support.mailing import FakeMailer, sending
from tests.support.members import Browser, signed_in
from tests.support.samples import NOW, SURVEY, stored_invitation
from tests.support.setup_pages import fields_in, send

NEW = "/app/setup/new-survey"
HERE = f"/app/setup/surveys/{SURVEY.id}"
TYPED = {
    "id": "visits",
    "name": "Visits",
    "team": "Front desk",
    "success": "People come again.",
    "audience": "external",
    "segment.0": "region",
    "of.0": "location",
}


@pytest.fixture
def browser(heed: Heed) -> Browser:
    return signed_in(heed)


def stored(survey: str) -> Survey:
    return surveys_wiring.surveys().get(survey)


def text_of(page: Any) -> str:
    return str(page.body.decode())


def test_a_survey_is_made_by_its_form_and_said_to_be_saved(browser: Browser) -> None:
    answer = send(browser, browser.open(NEW), NEW, **TYPED)
    assert answer.status_code == 303
    made = stored("visits")
    assert (made.name, made.standard, made.segment_of) == (
        "Visits",
        "recommend",
        {"region": "location"},
    )
    assert "Saved." in text_of(browser.follow(answer))


def test_what_was_typed_comes_back_with_each_problem_at_its_field(browser: Browser) -> None:
    wrong = {**TYPED, "name": "", "open_days": "0", "success": "Ünïcode <b>"}
    answer = send(browser, browser.open(NEW), NEW, **wrong)
    assert answer.status_code == 422
    typed = fields_in(answer)
    assert (typed["id"], typed["success"], typed["of.0"]) == (
        ["visits"],
        ["Ünïcode <b>"],
        ["location"],
    )
    assert re.findall(r'id="e-([^"]+)"', text_of(answer)) == ["name", "open_days"]


def test_a_short_name_that_is_taken_is_said(browser: Browser) -> None:
    answer = send(browser, browser.open(NEW), NEW, **{**TYPED, "id": SURVEY.id})
    assert re.findall(r'id="e-([^"]+)"', text_of(answer)) == ["id"]
    assert stored(SURVEY.id) == SURVEY


def test_saving_a_form_as_it_stands_changes_nothing(browser: Browser) -> None:
    assert send(browser, browser.open(HERE), HERE).status_code == 303
    assert stored(SURVEY.id) == SURVEY


def test_what_people_were_promised_cannot_be_changed(browser: Browser) -> None:
    stored_invitation(wiring.table())
    answer = send(browser, browser.open(HERE), HERE, identity="confidential")
    assert answer.status_code == 422
    assert "identity" in re.findall(r'id="e-([^"]+)"', text_of(answer))
    assert stored(SURVEY.id) == SURVEY


def test_the_form_shows_the_promise_as_respondents_read_it(browser: Browser) -> None:
    page = text_of(browser.open(HERE))
    assert "<bdi>IT Help Desk</bdi> sees your name with your answer." in page
    assert "your name is not stored with your answer" in page


@pytest.mark.parametrize(("kind", "words"), [("mail", "Kim Solheim"), ("thanks", "is recorded")])
def test_a_preview_is_a_page_in_which_nothing_runs(browser: Browser, kind: str, words: str) -> None:
    shown = browser.open(f"{HERE}/preview?kind={kind}&lang=en")
    assert words in text_of(shown)
    policy = shown.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert policy.endswith("frame-ancestors 'self'; sandbox")


def test_the_page_frames_its_own_preview_and_nothing_else(browser: Browser) -> None:
    page = browser.open(HERE)
    assert 'sandbox=""' in text_of(page)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_what_is_typed_is_shown_without_being_saved(browser: Browser) -> None:
    typed = {"name": "Renamed", "preview_kind": "mail", "preview_lang": "nb"}
    shown = send(browser, browser.open(HERE), f"{HERE}/preview", **typed)
    assert shown.status_code == 200
    assert 'lang="nb"' in text_of(shown)
    assert "Renamed" in text_of(shown)
    assert stored(SURVEY.id) == SURVEY


def test_a_new_survey_is_shown_before_it_is_made(browser: Browser) -> None:
    shown = send(browser, browser.open(NEW), f"{NEW}/preview", **TYPED)
    assert "How likely are you to recommend Front desk" in text_of(shown)


def test_what_keeps_a_survey_from_being_shown_stands_in_the_frame(browser: Browser) -> None:
    shown = text_of(send(browser, browser.open(NEW), f"{NEW}/preview", **{**TYPED, "name": ""}))
    assert "There is nothing to show yet" in shown
    assert re.findall("<li>(.*)</li>", shown) == ["Name: Please fill this in."]
    wrong = {**TYPED, "segment.0": "Not a name", "open_days": "400"}
    shown = text_of(send(browser, browser.open(NEW), f"{NEW}/preview", **wrong))
    assert len(re.findall("<li>(Segments|Days in which the link works): ", shown)) == 2


def letters(heed: Heed) -> list[Any]:
    return [letter_from_item(item) for item in heed.items("LETTER")]


def test_a_test_goes_to_the_member_and_its_links_count_nowhere(
    heed: Heed, browser: Browser
) -> None:
    answer = send(browser, browser.open(HERE), f"{HERE}/test", preview_lang="de")
    assert answer.status_code == 303
    (letter,) = letters(heed)
    mailer = FakeMailer()
    needs = SendLetterNeeds(
        notify_wiring.letters(),
        notify_wiring.composers(),
        lambda person, kind: False,
        sending(wiring.table(), mailer),
    )
    send_letter(letter.id, moments.now(), needs)
    (mail,) = mailer.sent
    plain = mail.raw.replace(b"=\r\n", b"").replace(b"=3D", b"=")
    assert mail.recipient == "kari@example.com"
    assert b"Subject: [Test] " in plain
    assert b"/app/setup/surveys/it-help-desk/preview?kind=page&amp;lang=de" in plain
    assert b"/r/" not in plain


def test_two_tests_in_a_minute_are_one(heed: Heed) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = signed_in(heed)
        page = browser.open(HERE)
        said = [browser.follow(send(browser, page, f"{HERE}/test")) for _ in range(2)]
    assert len(letters(heed)) == 1
    assert "in a minute" in text_of(said[1])


@pytest.mark.parametrize("role", Role)
def test_only_who_may_change_surveys_sees_the_form(heed: Heed, role: Role) -> None:
    may = Scope.SURVEYS_WRITE in SCOPES[role]
    browser = signed_in(heed, role)
    found = {browser.open(path).status_code for path in (NEW, HERE)}
    assert found == {200 if may else 404}


def test_a_member_of_some_surveys_sees_and_changes_no_other(heed: Heed) -> None:
    browser = signed_in(heed, Role.MANAGER, surveys=["another"])
    assert browser.open(HERE).status_code == 404
    assert browser.open(NEW).status_code == 404
    assert SURVEY.name not in text_of(browser.open("/app/setup/surveys"))


def test_a_forged_form_changes_nothing(browser: Browser) -> None:
    answer = browser.post(HERE, {**fields_in(browser.open(HERE)), "csrf": "x", "name": "Mine"})
    assert answer.status_code == 403
    assert stored(SURVEY.id) == SURVEY


def test_a_browser_sends_the_form_without_a_choice_that_nobody_needs(browser: Browser) -> None:
    page = text_of(browser.open(NEW))
    (owner,) = re.findall(r'<select id="f-task_team"[^>]*>', page)
    assert "required" not in owner


def test_a_browser_understands_what_a_field_takes(browser: Browser) -> None:
    """As a class of the flag v of JavaScript: a hyphen in it is escaped."""
    patterns = re.findall(r' pattern="([^"]+)"', text_of(browser.open(NEW)))
    assert patterns
    assert [one for one in patterns if re.search(r"[^\\\w]-|[^\\]-\]", one)] == []
