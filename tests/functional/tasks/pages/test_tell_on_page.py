"""Who closes a task on its page may send what was told to the person who had answered."""

from typing import Any

import pytest

from chalicelib import keys, moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from tests.functional.conftest import Heed
from tests.functional.tasks.pages.test_task_page import press, shown
from tests.support.owners import path_of, task_of
from tests.support.samples import SURVEY

SEND = "Send this to the person"
TELL = "The new access point is up.\nPlease try again."


@pytest.fixture
def task(heed: Heed) -> str:
    return task_of(heed)


def close(heed: Heed, task: str, **fields: str) -> Any:
    return press(heed, task, "close", cause="Wi-Fi", **fields)


def test_what_was_told_is_sent_when_that_is_chosen(heed: Heed, task: str) -> None:
    answer = close(heed, task, told=TELL, send="yes")
    assert answer.status_code == 200
    assert "is on its way to the person" in answer.body.decode()
    found = shown(heed, task)
    assert (found["tell"], found["note"]) == (TELL, None)


def test_nothing_is_sent_unless_that_is_chosen(heed: Heed, task: str) -> None:
    page = heed.open(path_of(task)).body.decode()
    assert SEND in page
    assert "on its way" not in close(heed, task, told=TELL).body.decode()
    found = shown(heed, task)
    assert (found["tell"], found["note"]) == (None, TELL.replace("\n", " "))


def test_an_empty_letter_is_not_sent(heed: Heed, task: str) -> None:
    answer = close(heed, task, send="yes")
    assert answer.status_code == 400
    assert "Please write what the person is to read" in answer.body.decode()
    assert 'value="yes" checked' in answer.body.decode()
    assert shown(heed, task)["state"] == "open"


def unsubscribe(task: str) -> None:
    person = invitations_wiring.invitations().get(task).person
    invitations_wiring.people().mark(person, "unsubscribed", moments.now())


def take_address(task: str) -> None:
    wiring.table().write(Update(keys.invitation(task), set={"email": ""}))


def seal(task: str) -> None:
    sealed = SURVEY.model_copy(update={"task_team": "desk", "identity": "confidential"})
    surveys_wiring.surveys().put(sealed)
    surveys_wiring.catalogue.cache_clear()


@pytest.mark.parametrize(
    ("hinder", "reason"),
    [
        (unsubscribe, "no e-mails go to this person"),
        (take_address, "there is no e-mail address"),
        (seal, "does not say who answered"),
    ],
)
def test_where_nobody_can_be_told_the_page_says_why(
    heed: Heed, task: str, hinder: Any, reason: str
) -> None:
    hinder(task)
    page = heed.open(path_of(task)).body.decode()
    assert SEND not in page
    assert reason in page
    refused = close(heed, task, told=TELL, send="yes")
    assert refused.status_code == 409
    assert TELL in refused.body.decode()
    assert shown(heed, task)["state"] == "open"
    assert close(heed, task, told="We called.").status_code == 200
