"""The pages of tasks, for who is signed in."""

import csv
import io
import re
from typing import Any

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.owners import task_of, team
from tests.support.samples import SURVEY


@pytest.fixture
def task(heed: Heed) -> str:
    return task_of(heed)


@pytest.fixture
def kari(heed: Heed, task: str) -> Browser:
    """In the task's team, with the role of one."""
    return signed_in(heed, Role.TEAM)


def state_of(heed: Heed, task: str) -> dict[str, Any]:
    shown: dict[str, Any] = heed.call("GET", f"/v1/tasks/{task}").json_body
    return shown


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.body.decode()))


def test_the_list_shows_words_due_time_and_owner(heed: Heed, kari: Browser, task: str) -> None:
    heed.call("PATCH", f"/v1/tasks/{task}", {"state": "taken", "owner": "olav"})
    page = kari.open("/app/tasks")
    assert page.status_code == 200
    assert f"/app/tasks/{task}" in page.body.decode()
    assert "Owner: Olav Hansen" in text_of(page)
    assert "Due: " in text_of(page)


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("state=open&survey=&team=&owner=&overdue=", True),
        (f"survey={SURVEY.id}&team=desk&overdue=false", True),
        ("state=taken", False),
        ("state=closed", False),
        ("overdue=true", False),
        ("owner=olav", False),
        ("team=another", False),
    ],
)
def test_the_list_is_filtered(kari: Browser, task: str, asked: str, is_there: bool) -> None:
    page = kari.open(f"/app/tasks?{asked}")
    assert page.status_code == 200
    assert (f"/app/tasks/{task}" in page.body.decode()) is is_there


def test_the_list_goes_on_and_keeps_its_filter(heed: Heed, kari: Browser, task: str) -> None:
    task_of(heed, "b")
    page = kari.open("/app/tasks?limit=1&team=desk")
    (more,) = re.findall(r'<a class="action" href="([^"]+cursor=[^"]+)">', page.body.decode())
    following = kari.open(more.replace("&amp;", "&")).body.decode()
    assert "team=desk" in more
    assert following.count('<li class="card">') == 1


def test_the_list_is_a_file_too(kari: Browser, task: str) -> None:
    answer = kari.open("/app/tasks.csv?state=open")
    (row,) = csv.DictReader(io.StringIO(answer.body.decode()))
    assert row["id"] == task
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tasks.csv"'


def test_a_filter_that_cannot_be_read_is_refused_on_a_page(kari: Browser) -> None:
    assert kari.open("/app/tasks?state=nonsense").status_code == 422


def test_somebody_of_the_team_takes_it_and_closes_it(heed: Heed, kari: Browser, task: str) -> None:
    page = kari.open(f"/app/tasks/{task}")
    kari.press(page, "work", act="take")
    assert state_of(heed, task)["owner"] == "kari"
    page = kari.open(f"/app/tasks/{task}")
    assert "Saved." in text_of(page)
    assert "Saved." not in text_of(kari.open(f"/app/tasks/{task}"))
    done = kari.press(page, "work", act="close", cause="Wi-Fi", fixed="yes", told="Called.")
    assert done.headers["Location"] == "/app/tasks"
    shown = state_of(heed, task)
    assert (shown["state"], shown["cause"], shown["fixed"]) == ("closed", "Wi-Fi", True)
    assert [entry["by"] for entry in shown["history"]] == ["kari", "kari"]


def test_it_is_handed_on_noted_waits_is_given_back_and_opened_again(
    heed: Heed, kari: Browser, task: str
) -> None:
    path = f"/app/tasks/{task}"
    kari.press(kari.open(path), "work", act="hand_on", owner="olav")
    assert state_of(heed, task)["owner"] == "olav"
    kari.press(kari.open(path), "work", act="note", note="Called, no answer.")
    assert "Called, no answer." in text_of(kari.open(path))
    kari.press(kari.open(path), "work", act="wait", until="2030-01-31T09:00")
    assert state_of(heed, task)["state"] == "waiting"
    kari.press(kari.open(path), "work", act="give_back")
    assert state_of(heed, task)["state"] == "open"
    kari.press(kari.open(path), "work", act="close", cause="Wi-Fi")
    kari.press(kari.open(path), "open-again", act="give_back")
    assert state_of(heed, task)["state"] == "open"


def test_what_was_typed_comes_back_with_what_is_wrong(kari: Browser, task: str) -> None:
    page = kari.open(f"/app/tasks/{task}")
    answer = kari.press(page, "work", act="close", cause="", told="Called them.")
    assert answer.status_code == 422
    assert "Called them.</textarea>" in answer.body.decode()
    assert "Please give a cause" in text_of(answer)
    late = kari.press(page, "work", act="wait", until="2020-01-31T09:00")
    assert (late.status_code, "Please give a time to come" in text_of(late)) == (409, True)


def test_who_looked_before_somebody_else_changed_it_changes_nothing(
    heed: Heed, kari: Browser, task: str
) -> None:
    page = kari.open(f"/app/tasks/{task}")
    heed.call("PATCH", f"/v1/tasks/{task}", {"state": "taken", "owner": "olav"})
    answer = kari.press(page, "work", act="take")
    assert answer.status_code == 409
    assert "Somebody changed it meanwhile" in text_of(answer)
    assert state_of(heed, task)["owner"] == "olav"


def test_a_manager_outside_the_team_does_all_but_take_it(heed: Heed, task: str) -> None:
    boss = signed_in(heed, Role.MANAGER, address="boss@example.com")
    page = boss.open(f"/app/tasks/{task}")
    assert 'value="take"' not in page.body.decode()
    boss.press(page, "work", act="note", note="Please call today.")
    (entry,) = state_of(heed, task)["history"]
    assert entry["by"].startswith("m-")
    assert "Kari Nordmann" in text_of(boss.open(f"/app/tasks/{task}")), "members have names there"
    forced = boss.press(boss.open(f"/app/tasks/{task}"), "work", act="take")
    assert forced.status_code == 422


def test_a_viewer_reads_the_words_and_neither_who_nor_when_nor_buttons(
    heed: Heed, task: str
) -> None:
    key = heed.make_key(Scope.TASKS_READ)
    (shown,) = heed.call("GET", "/v1/tasks", key=key).json_body["items"]
    viewer = signed_in(heed, Role.VIEWER)
    page = viewer.open(f"/app/tasks/{shown['id']}")
    assert page.status_code == 200
    assert "@" not in text_of(page)
    assert page.body.decode().count("<form") == 1, "only to sign out"
    assert viewer.open(f"/app/tasks/{task}").status_code == 404
    assert viewer.post(f"/app/tasks/{shown['id']}", {"act": "take"}).status_code == 404


def test_a_task_out_of_reach_is_as_one_that_there_is_not(heed: Heed, task: str) -> None:
    far = signed_in(heed, Role.TEAM, surveys=["another"])
    unknown, foreign = far.open("/app/tasks/nothing"), far.open(f"/app/tasks/{task}")
    assert (foreign.status_code, foreign.body) == (404, unknown.body)
    assert f"/app/tasks/{task}" not in far.open("/app/tasks").body.decode()


def test_a_task_is_opened_by_hand_once(heed: Heed) -> None:
    team(heed)
    kari = signed_in(heed, Role.TEAM)
    page = kari.open("/app/tasks/new")
    filled = {"survey": SURVEY.id, "note": "Ask the cafeteria.", "due_at": "2030-01-31T09:00"}
    first, second = (kari.press(page, **filled) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    (task,) = heed.call("GET", "/v1/tasks").json_body["items"]
    assert task["history"][0]["note"] == "Ask the cafeteria."
    assert "Ask the cafeteria." in text_of(kari.follow(first))


def test_a_task_by_hand_wants_a_note_and_a_time_to_come(heed: Heed) -> None:
    kari = signed_in(heed, Role.TEAM)
    page = kari.open("/app/tasks/new")
    for changed in ({"note": ""}, {"due_at": ""}, {"due_at": "2020-01-31T09:00"}):
        filled = {"survey": SURVEY.id, "note": "Ask.", "due_at": "2030-01-31T09:00", **changed}
        assert kari.press(page, **filled).status_code in (409, 422)
    late = {"survey": SURVEY.id, "note": "Ask.", "due_at": "9999-12-31T09:00"}
    assert "within ten years" in text_of(kari.press(page, **late))
    assert heed.items("TASK") == []


def test_a_task_waits_for_ten_years_at_most(kari: Browser, task: str) -> None:
    path = f"/app/tasks/{task}"
    refused = kari.press(kari.open(path), "work", act="wait", until="9999-12-31T23:59")
    assert refused.status_code == 409
    assert "within ten years" in text_of(refused)
    assert kari.open(path).status_code == 200


def test_the_pages_are_in_the_language_of_the_member(heed: Heed, task: str) -> None:
    page = signed_in(heed, Role.TEAM, lang="nb").open("/app/tasks")
    assert '<html lang="nb">' in page.body.decode()
    assert "Oppgaver" in text_of(page)
