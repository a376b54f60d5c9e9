"""Two people, or two tabs, that change the same: nobody overwrites what they did not see."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.owners import team
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in, send

SURVEYS, TEAMS = f"/app/setup/surveys/{SURVEY.id}", "/app/setup/teams/desk"
API = {SURVEYS: f"/v1/surveys/{SURVEY.id}", TEAMS: "/v1/teams/desk"}
# What one of them changes, and the other.
CHANGES = [
    (SURVEYS, {"team": "Service Desk"}, {"success": "They say so."}),
    (SURVEYS, {"closes_on": "2027-01-31"}, {"name": "نور 👩‍🔧"}),
    (TEAMS, {"name": "Service Desk"}, {"digest": "never"}),
    (TEAMS, {"3.name": "Ola", "3.email": "ola@example.com", "3.id": "ola"}, {"name": "Desk 2"}),
]


@pytest.fixture
def browser(heed: Heed) -> Browser:
    team(heed)
    return signed_in(heed)


def stored(heed: Heed, path: str) -> Any:
    return heed.call("GET", API[path]).json_body


def overtaken(browser: Browser, path: str, first: Any) -> Any:
    """A page that was opened before somebody saved what they changed."""
    page = browser.open(path)
    assert send(browser, page, path, **first).status_code == 303
    return page


@pytest.mark.parametrize(("path", "first", "second"), CHANGES)
def test_the_later_one_is_told(
    heed: Heed, browser: Browser, path: str, first: Any, second: Any
) -> None:
    page = overtaken(browser, path, first)
    before = stored(heed, path)
    answer = send(browser, page, path, **second)
    assert answer.status_code == 409
    assert b"Somebody changed it meanwhile" in answer.body
    assert stored(heed, path) == before
    shown = fields_in(answer)
    assert {name: shown[name] for name in second} == {n: [text] for n, text in second.items()}


@pytest.mark.parametrize(("path", "first", "second"), CHANGES)
def test_who_was_told_may_save_what_they_typed(
    heed: Heed, browser: Browser, path: str, first: Any, second: Any
) -> None:
    page = overtaken(browser, path, first)
    told = send(browser, page, path, **second)
    assert re.search(rf'<a href="{path}" target="_blank"', told.body.decode())
    assert send(browser, told, path).status_code == 303
    name, text = next(iter(second.items()))
    assert stored(heed, path)[name] == text


@pytest.mark.parametrize(("path", "first", "second"), CHANGES)
def test_another_mistake_does_not_hide_the_change(
    heed: Heed, browser: Browser, path: str, first: Any, second: Any
) -> None:
    page = overtaken(browser, path, first)
    wrong = send(browser, page, path, **{**second, "name": ""})
    assert wrong.status_code == 422
    assert send(browser, wrong, path, **{**second, "name": "Another"}).status_code == 409


@pytest.mark.parametrize(("path", "first"), [(path, first) for path, first, _ in CHANGES])
def test_what_is_sent_twice_is_saved_once(browser: Browser, path: str, first: Any) -> None:
    page = overtaken(browser, path, first)
    assert send(browser, page, path, **first).status_code == 303


def test_closing_does_not_undo_what_is_changed_at_the_same_time(
    heed: Heed, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, surveys = browser.open(SURVEYS), surveys_wiring.surveys()
    looked = type(surveys).get_with_edition
    others = [replace(SURVEY, team="Service Desk")]

    def change_after(self: Any, survey: str) -> Any:
        found = looked(self, survey)
        while others:
            surveys.put(others.pop())
        return found

    monkeypatch.setattr(type(surveys), "get_with_edition", change_after)
    assert browser.press(page, "act-close", act="close").status_code == 409
    assert stored(heed, SURVEYS)["team"] == "Service Desk"
    assert browser.press(page, "act-close", act="close").status_code == 303


def test_a_test_mail_loses_nothing_that_was_typed(heed: Heed, browser: Browser) -> None:
    page = browser.open(SURVEYS)
    answer = send(browser, page, f"{SURVEYS}/test", success="Not saved yet")
    assert b"on its way" in answer.body
    assert fields_in(answer)["success"] == ["Not saved yet"]
    assert stored(heed, SURVEYS)["success"] == SURVEY.success
    assert send(browser, answer, SURVEYS).status_code == 303
    assert stored(heed, SURVEYS)["success"] == "Not saved yet"
