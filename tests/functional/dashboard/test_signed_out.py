"""A session that ends while somebody fills in a form loses none of what they typed."""

from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.members import Browser, form_in, signed_in
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in

SETUP = f"/app/setup/surveys/{SURVEY.id}"
WORDS = 'They say so.\n"Quickly" & <b>kindly</b> 👩‍🔧 في يوم'


def sent_without_session(heed: Heed, path: str = SETUP, **typed: str) -> tuple[Browser, Any]:
    """A member's browser, and what it is shown after it sent the form."""
    browser = signed_in(heed)
    fields = fields_in(browser.open(path))
    session = dict(browser.cookies)
    browser.cookies.clear()
    answer = browser.post(path, {**fields, **typed})
    browser.cookies = session
    return browser, answer


def test_it_says_so_and_keeps_what_was_typed(heed: Heed) -> None:
    _, answer = sent_without_session(heed, success=WORDS)
    assert answer.status_code == 401
    assert b"You are signed out" in answer.body
    assert b"<b>kindly" not in answer.body
    assert heed.call("GET", f"/v1/surveys/{SURVEY.id}").json_body["success"] == SURVEY.success
    action, kept = form_in(answer)
    assert (action, kept["success"]) == (SETUP, WORDS)


def test_the_form_comes_back_after_the_sign_in(heed: Heed) -> None:
    _, answer = sent_without_session(heed, success="They say so.", name="نور 👩‍🔧")
    browser = signed_in(heed, address="later@example.com")
    again = browser.press(answer)
    assert b"Please press the button again" in again.body
    shown = fields_in(again)
    assert (shown["success"], shown["name"]) == (["They say so."], ["نور 👩‍🔧"])
    assert browser.post(SETUP, shown).status_code == 303
    assert heed.call("GET", f"/v1/surveys/{SURVEY.id}").json_body["success"] == "They say so."


def test_every_value_of_a_field_is_kept(heed: Heed) -> None:
    browser, sent = signed_in(heed), [("name", "Ola"), ("surveys", "a"), ("surveys", "b")]
    browser.cookies.clear()
    answer = browser.post("/app/setup/members", sent)
    for name, value in sent:
        assert f'name="{name}" value="{value}"' in answer.body.decode()


def test_a_secret_is_never_shown(heed: Heed) -> None:
    typed = {"survey": SURVEY.id, "source": "zendesk", "secret": "a" * 40}
    _, answer = sent_without_session(heed, "/app/setup/helpdesks", **typed)
    assert answer.status_code == 401
    assert b"a" * 40 not in answer.body


@pytest.mark.parametrize("fields", [{}, {"csrf": "x", "act": "delete"}, {"name": ""}])
def test_who_typed_nothing_signs_in(heed: Heed, fields: dict[str, str]) -> None:
    answer = Browser(heed).post(SETUP, fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/app/sign-in")


def test_another_site_s_words_are_not_shown(heed: Heed) -> None:
    answer = Browser(heed).post(SETUP, {"name": "Forged"}, **{"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/app/sign-in")
