"""Who closes a task on its page may send what was told to the person who had answered."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import keys, moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import rewrite
from chalicelib.tasks.schemas import LONGEST_TOLD
from chalicelib.tasks.task import Task, answered_help
from tests.functional.conftest import Heed
from tests.functional.tasks.pages.test_task_page import press, shown
from tests.support.members import signed_in
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
    assert (found["tell"], found["note"]) == (None, TELL)


@pytest.mark.parametrize("hinder", [None, "unsubscribe"])
def test_what_is_not_sent_may_be_as_long_as_what_is(
    heed: Heed, task: str, hinder: str | None
) -> None:
    if hinder:
        unsubscribe(task)
    longest = "We called.\n" + "é" * (LONGEST_TOLD - 11)
    assert f'maxlength="{LONGEST_TOLD}"' in heed.open(path_of(task)).body.decode()
    refused = close(heed, task, told=longest + "!")
    assert refused.status_code == 400
    assert "This is longer than 2,000 characters" in refused.body.decode()
    assert close(heed, task, told=longest).status_code == 200
    assert shown(heed, task)["note"] == longest


def test_the_history_of_a_task_that_opens_again_says_what_was_told(heed: Heed, task: str) -> None:
    close(heed, task, told=TELL)
    heed.call("PATCH", f"/v1/tasks/{task}", {"state": "open"})
    assert f'<q dir="auto" class="lines">{TELL}</q>' in heed.open(path_of(task)).body.decode()
    close(heed, task, told="The cable was mended.", send="yes")
    heed.call("PATCH", f"/v1/tasks/{task}", {"state": "open"})
    assert "The cable was mended." in heed.open(path_of(task)).body.decode()
    assert words_of_closings(heed) == [TELL, "The cable was mended."]
    heed.key = heed.make_key(Scope.TASKS_READ)
    assert words_of_closings(heed) == [None, None]


@pytest.mark.parametrize(("helped", "said"), [(True, "Yes"), (False, "No")])
def test_the_history_says_what_the_person_said_to_it(
    heed: Heed, task: str, helped: bool, said: str
) -> None:
    close(heed, task, told=TELL, send="yes")
    needs, now = tasks_wiring.change_task_needs(), moments.now()

    def answered(before: Task) -> Task:
        return answered_help(before, before.told_at or now, helped, before.due_at, now)

    rewrite(task, None, answered, needs)
    if helped:
        heed.call("PATCH", f"/v1/tasks/{task}", {"state": "open"})
    assert f"Did this help? {said}" in " ".join(heed.open(path_of(task)).body.decode().split())
    page = signed_in(heed).open(f"/app/tasks/{task}").body.decode()
    assert f"Did this help? {said}" in " ".join(page.split())


def words_of_closings(heed: Heed) -> list[str | None]:
    (task,) = heed.call("GET", "/v1/tasks").json_body["items"]
    return [one["note"] for one in task["history"] if one["what"] == "closed"]


def test_a_note_that_is_taken_away_is_in_no_history(heed: Heed, task: str) -> None:
    close(heed, task, told=TELL)
    heed.call("PATCH", f"/v1/tasks/{task}", {"state": "closed", "note": None})
    assert TELL not in str(heed.items("TASK"))


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
    sealed = replace(SURVEY, task_team="desk", identity="confidential")
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
