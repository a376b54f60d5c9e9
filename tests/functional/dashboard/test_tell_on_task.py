"""Who is signed in and closes a task may send what was told to the person who had answered."""

from typing import Any

import pytest

from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.functional.dashboard.test_tasks import state_of, text_of
from tests.functional.tasks.pages.test_tell_on_page import (
    SEND,
    TELL,
    seal,
    take_address,
    unsubscribe,
)
from tests.support.members import Browser, signed_in
from tests.support.owners import task_of


@pytest.fixture
def task(heed: Heed) -> str:
    return task_of(heed)


@pytest.fixture
def kari(heed: Heed, task: str) -> Browser:
    return signed_in(heed, Role.TEAM)


def close(kari: Browser, task: str, **fields: str) -> Any:
    page = kari.open(f"/app/tasks/{task}")
    return kari.press(page, "work", act="close", cause="Wi-Fi", **fields)


def test_what_was_told_is_sent_when_that_is_chosen(heed: Heed, kari: Browser, task: str) -> None:
    done = close(kari, task, told=TELL, send="yes")
    assert "is on its way to the person" in text_of(kari.follow(done))
    found = state_of(heed, task)
    assert (found["state"], found["tell"], found["note"]) == ("closed", TELL, None)
    assert "Please try again." in text_of(kari.open(f"/app/tasks/{task}"))


def test_nothing_is_sent_unless_that_is_chosen(heed: Heed, kari: Browser, task: str) -> None:
    assert SEND in text_of(kari.open(f"/app/tasks/{task}"))
    done = close(kari, task, told=TELL)
    assert "on its way" not in text_of(kari.follow(done))
    found = state_of(heed, task)
    assert (found["tell"], found["note"]) == (None, TELL)


def test_an_empty_letter_is_not_sent(heed: Heed, kari: Browser, task: str) -> None:
    refused = close(kari, task, send="yes")
    assert refused.status_code == 422
    assert "Please write what the person is to read" in text_of(refused)
    assert 'value="yes" checked' in refused.body.decode()
    assert state_of(heed, task)["state"] == "open"


@pytest.mark.parametrize(
    ("hinder", "reason"),
    [
        (unsubscribe, "no e-mails go to this person"),
        (take_address, "there is no e-mail address"),
        (seal, "does not say who answered"),
    ],
)
def test_where_nobody_can_be_told_the_page_says_why(
    heed: Heed, kari: Browser, task: str, hinder: Any, reason: str
) -> None:
    hinder(task)
    page = text_of(kari.open(f"/app/tasks/{task}"))
    assert SEND not in page
    assert reason in page
    refused = close(kari, task, told=TELL, send="yes")
    assert refused.status_code == 409
    assert "Nothing was sent, and the task is still open." in text_of(refused)
    assert TELL in refused.body.decode()
    assert state_of(heed, task)["state"] == "open"
    assert close(kari, task, told="We called.").status_code == 303
