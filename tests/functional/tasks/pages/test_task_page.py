"""/t/{token}: a GET shows a task to one person, a POST changes it, and the link ends with it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.invitations.token import Purpose
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import CLOSED, patch
from tests.support.owners import path_of, task_of, team
from tests.support.samples import SURVEY

HOSTILE = "\"He said\" <b>'no'</b> \U0001f44d \u0645\u0631\u062d\u0628\u0627"


@pytest.fixture
def task(heed: Heed) -> str:
    return task_of(heed)


def shown(heed: Heed, task: str) -> dict[str, Any]:
    found: dict[str, Any] = heed.call("GET", f"/v1/tasks/{task}").json_body
    return found


def press(heed: Heed, task: str, act: str, member: str = "kari", **fields: str) -> Any:
    version = 1 + len(shown(heed, task)["history"])
    form = {"version": str(version), "act": act, **fields}
    return heed.post_form(path_of(task, member), form)


def test_a_look_changes_nothing_and_shows_no_score(heed: Heed, task: str) -> None:
    before = heed.stored()
    page, head = heed.open(path_of(task)), heed.http.head(path_of(task))
    assert (page.status_code, head.status_code) == (200, 200)
    assert heed.stored() == before
    text = page.body.decode()
    assert "48213" in text
    assert 'lang="en"' in text
    assert 'lang="ar" dir="rtl"' in heed.open(path_of(task, "noor")).body.decode()


def test_a_task_is_taken_noted_handed_on_waits_and_is_closed(heed: Heed, task: str) -> None:
    until = (moments.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    steps = [
        ("take", {}),
        ("note", {"note": HOSTILE}),
        ("wait", {"until": until}),
        ("hand_on", {"owner": "olav"}),
        ("give_back", {}),
    ]
    for act, fields in steps:
        assert press(heed, task, act, **fields).status_code == 200, act
    done = press(heed, task, "close", "olav", cause="Wi-Fi", fixed="yes", told="We called.")
    assert done.status_code == 200
    found = shown(heed, task)
    said = [(entry["what"], entry["by"]) for entry in found["history"]]
    names = ("taken", "noted", "waiting", "handed_on", "opened_again")
    assert said == [*((what, "kari") for what in names), ("closed", "olav")]
    assert (found["cause"], found["fixed"], found["note"]) == ("Wi-Fi", True, "We called.")
    assert found["history"][1]["note"] == HOSTILE


def test_what_is_said_is_shown_as_it_is(heed: Heed, task: str) -> None:
    text = press(heed, task, "note", note=HOSTILE).body.decode()
    assert "&lt;b&gt;" in text
    assert "<b>" not in text
    assert "\u0645\u0631\u062d\u0628\u0627" in text


def test_two_people_do_not_overwrite_each_other(heed: Heed, task: str) -> None:
    press(heed, task, "take")
    form = {"version": "1", "act": "note", "note": "Called her twice"}
    late = heed.post_form(path_of(task, "olav"), form)
    assert late.status_code == 409
    assert "Called her twice" in late.body.decode()
    assert [entry["what"] for entry in shown(heed, task)["history"]] == ["taken"]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("close", {}),
        ("close", {"cause": "x" * 61}),
        ("note", {"note": " "}),
        ("note", {"note": "x" * 201}),
        ("wait", {"until": "yesterday"}),
        ("wait", {"until": "2020-01-01T10:00"}),
        ("hand_on", {"owner": "stranger"}),
        ("hand_on", {}),
        ("", {}),
        ("erase", {}),
    ],
)
def test_what_does_not_fit_changes_nothing(
    heed: Heed, task: str, act: str, fields: dict[str, str]
) -> None:
    before = shown(heed, task)
    assert press(heed, task, act, **fields).status_code in (400, 409)
    assert shown(heed, task) == before


def test_a_survey_s_own_causes_are_the_only_ones(heed: Heed, task: str) -> None:
    listed = replace(SURVEY, task_team="desk", causes=["Wi-Fi", "Form"])
    surveys_wiring.surveys().put(listed)
    surveys_wiring.catalogue.cache_clear()
    assert '<select id="cause"' in heed.open(path_of(task)).body.decode()
    assert press(heed, task, "close", cause="Rain").status_code == 400
    assert press(heed, task, "close", cause="Form").status_code == 200


def test_causes_that_others_named_are_offered(heed: Heed, task: str) -> None:
    press(heed, task, "close", cause="Slow lift")
    other = task_of(heed, "b")
    assert '<option value="Slow lift">' in heed.open(path_of(other)).body.decode()


def gone(heed: Heed, path: str) -> None:
    wrong = heed.open("/t/nonsense")
    assert wrong.status_code == 404
    for answer in (heed.open(path), heed.post_form(path, {"version": "1", "act": "take"})):
        assert (answer.status_code, answer.body) == (404, wrong.body)


def test_a_link_ends_with_its_task(heed: Heed, task: str) -> None:
    patch(heed, task, CLOSED)
    gone(heed, path_of(task))


def test_a_link_ends_when_its_reader_leaves_the_team_or_is_erased(heed: Heed, task: str) -> None:
    team(heed, people=[{"id": "kari", "name": "Another Kari", "email": "other@example.com"}])
    gone(heed, path_of(task))
    heed.call("POST", "/v1/people/erasures", {"email": "other@example.com"})
    gone(heed, path_of(task, "other"))


def test_a_mangled_or_foreign_link_looks_like_any_wrong_one(heed: Heed, task: str) -> None:
    path = path_of(task)
    answer = heed.token(heed.items("INVITE")[0], Purpose.ANSWER)
    for wrong in (f"{path[:-1]}b", f"/t/{answer}", f"{path}aaaa"):
        gone(heed, wrong)
    assert heed.open(f"/r/{path.rpartition('/')[2]}").status_code == 404
    assert heed.open(f"/u/{path.rpartition('/')[2]}").status_code == 404


def test_another_site_changes_nothing(heed: Heed, task: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded"}
    heed.http.post(path_of(task), headers=headers, body=b"version=1&act=take")
    assert shown(heed, task)["state"] == "open"


def test_a_flood_is_told_to_wait(heed: Heed, task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.web.tries.LIMIT", 3)
    with time_machine.travel(moments.now(), tick=False):
        statuses = [press(heed, task, "nothing").status_code for _ in range(4)]
    assert statuses == [400, 400, 400, 429]
