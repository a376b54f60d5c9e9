"""The page of a task is one form with several buttons, for members and by a link: the note goes
with whichever is pressed, and what was typed for another stays on the page."""

import re
from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.functional.tasks.pages.test_task_page import shown
from tests.support.members import signed_in
from tests.support.owners import path_of, task_of
from tests.support.setup_pages import fields_in

NOTE, TOLD = "She is away until Monday.", "The cable was mended."
TYPED = {"note": NOTE, "cause": "Wi-Fi", "told": TOLD, "fixed": "yes", "until": "2030-01-31T09:00"}


@pytest.fixture
def task(heed: Heed) -> str:
    return task_of(heed)


class Page:
    """As a browser sends its one form: with everything that stands in it."""

    def __init__(self, heed: Heed, task: str, of_members: bool) -> None:
        self.browser = signed_in(heed)
        self.path = f"/app/tasks/{task}" if of_members else path_of(task)
        self.now = self.browser.open(self.path)

    def press(self, act: str, **typed: str) -> Any:
        fields = fields_in(self.now, "work") | typed | {"act": act}
        answer = self.browser.post(self.path, fields)
        if answer.status_code == 303 and "tasks/" in answer.headers["Location"]:
            answer = self.browser.follow(answer)
        self.now = answer
        return answer

    @property
    def stands(self) -> dict[str, str]:
        """What is typed or chosen in the fields."""
        fields = {name: value for name, (value, *_) in fields_in(self.now, "work").items()}
        return {name: value for name, value in fields.items() if name in TYPED and value}


@pytest.fixture(params=["members", "link"])
def page(heed: Heed, task: str, request: pytest.FixtureRequest) -> Page:
    return Page(heed, task, request.param == "members")


def history(heed: Heed, task: str) -> list[tuple[str, str | None]]:
    return [(entry["what"], entry["note"]) for entry in shown(heed, task)["history"]]


@pytest.mark.parametrize(
    ("act", "what"),
    [("take", "taken"), ("note", "noted"), ("hand_on", "handed_on"), ("wait", "waiting")],
)
def test_the_note_goes_with_the_button(
    heed: Heed, task: str, page: Page, act: str, what: str
) -> None:
    page.press(act, note=NOTE, owner="olav", until=TYPED["until"])
    assert history(heed, task) == [(what, NOTE)]
    assert "note" not in page.stands


def test_a_note_is_kept_beside_what_closes_the_task(heed: Heed, task: str, page: Page) -> None:
    page.press("close", **TYPED)
    assert history(heed, task) == [("noted", NOTE), ("closed", TOLD)]
    found = shown(heed, task)
    assert (found["state"], found["cause"], found["note"]) == ("closed", "Wi-Fi", TOLD)


def test_a_note_is_kept_beside_what_is_sent(heed: Heed, task: str, page: Page) -> None:
    page.press("close", **TYPED, send="yes")
    found = shown(heed, task)
    assert (found["tell"], found["note"]) == (TOLD, None)
    assert history(heed, task) == [("noted", NOTE), ("closed", TOLD)]


def test_what_was_typed_for_another_button_stays(heed: Heed, task: str, page: Page) -> None:
    answer = page.press("take", **TYPED)
    assert answer.status_code == 200
    assert 'role="status"' in answer.body.decode()
    assert page.stands == {name: text for name, text in TYPED.items() if name != "note"}
    page.press("wait")
    page.press("close")
    assert [what for what, _ in history(heed, task)] == ["taken", "waiting", "closed"]
    assert shown(heed, task)["note"] == TOLD


def test_what_is_refused_loses_nothing(heed: Heed, task: str, page: Page) -> None:
    for act, wrong in (("take", {"note": "a" * 201}), ("close", {"cause": ""}), ("hand_on", {})):
        typed = TYPED | wrong
        assert page.press(act, **typed).status_code in (400, 422), act
        assert page.stands == {name: text for name, text in typed.items() if text}
    assert history(heed, task) == []


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ({"note": NOTE}, "noted"),
        ({"until": TYPED["until"]}, "waiting"),
        ({"owner": "olav"}, "handed_on"),
        ({"cause": "Wi-Fi", "told": TOLD}, "closed"),
    ],
)
def test_enter_does_what_is_filled_in(
    heed: Heed, task: str, page: Page, typed: dict[str, str], what: str
) -> None:
    page.press("enter", **typed)
    assert [done for done, _ in history(heed, task)] == [what]


def test_enter_asks_where_that_is_not_clear(heed: Heed, task: str, page: Page) -> None:
    answer = page.press("enter", note=NOTE, cause="Wi-Fi")
    assert "Please press one of the buttons." in answer.body.decode()
    assert page.stands == {"note": NOTE, "cause": "Wi-Fi"}
    assert history(heed, task) == []


def test_the_first_button_of_the_form_is_that_of_enter(page: Page) -> None:
    (form,) = re.findall(r'<form [^>]*id="work".*?</form>', page.now.body.decode(), re.DOTALL)
    first, *_ = re.findall(r"<button [^>]*>", form)
    assert 'value="enter"' in first
    assert 'tabindex="-1"' in first
