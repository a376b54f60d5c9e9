"""Whose a new task is."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.problems import problem
from tests.support.samples import SURVEY

NAMES = ("kari", "olav", "siri")
PEOPLE = [{"id": name, "name": name, "email": f"{name}@example.com"} for name in NAMES]
DESK = "/v1/teams/desk"


@pytest.fixture(autouse=True)
def _given(heed: Heed) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))


def put(heed: Heed, people: list[dict[str, str]] = PEOPLE, **rule: Any) -> Any:
    return heed.call("PUT", DESK, {"name": "Desk", "people": people} | rule)


def owners(heed: Heed, *names: str) -> list[str | None]:
    return [heed.call("GET", f"/v1/tasks/{opened(name)}").json_body["owner"] for name in names]


def test_a_task_waits_in_the_queue_unless_the_team_says_whose_it_is(heed: Heed) -> None:
    put(heed)
    assert owners(heed, "a") == [None]


def test_a_team_names_the_owner_of_all_its_tasks(heed: Heed) -> None:
    put(heed, owner_rule="named", owner="olav")
    assert owners(heed, "a", "b") == ["olav", "olav"]


def test_everybody_in_a_team_has_a_turn(heed: Heed) -> None:
    put(heed, owner_rule="round_robin")
    found = owners(heed, *"abcdef")
    assert found[:3] == found[3:]
    assert set(found) == set(NAMES)


@pytest.mark.parametrize("rule", [{"owner_rule": "round_robin"}, {"owner_rule": "named"}])
def test_nobody_answers_their_own_answer(heed: Heed, rule: dict[str, str]) -> None:
    named = {"owner": "olav"} if rule["owner_rule"] == "named" else {}
    put(heed, **rule, **named)
    said_by = invitations_wiring.person_of("olav@example.com")
    theirs = [opened(name, person=said_by) for name in "abcd"]
    found = [heed.call("GET", f"/v1/tasks/{task}").json_body["owner"] for task in theirs]
    assert set(found) == ({None} if named else {"kari", "siri"})
    assert owners(heed, "e", "f", "g").count("olav") == (3 if named else 1)


def test_a_team_of_one_does_not_answer_its_own_answer(heed: Heed) -> None:
    put(heed, people=PEOPLE[:1], owner_rule="round_robin")
    task = opened("a", person=invitations_wiring.person_of("kari@example.com"))
    assert heed.call("GET", f"/v1/tasks/{task}").json_body["owner"] is None


def test_a_team_without_people_owns_by_its_queue(heed: Heed) -> None:
    put(heed, people=[], owner_rule="round_robin")
    assert owners(heed, "a") == [None]


def test_an_owner_who_is_erased_leaves_the_queue(heed: Heed) -> None:
    put(heed, owner_rule="named", owner="olav")
    heed.call("POST", "/v1/people/erasures", {"email": "olav@example.com"})
    shown = heed.call("GET", DESK).json_body
    assert (shown["owner_rule"], shown["owner"]) == ("queue", None)
    assert owners(heed, "a") == [None]


@pytest.mark.parametrize(
    "rule",
    [
        {"owner_rule": "named"},
        {"owner_rule": "round_robin", "owner": "olav"},
        {"owner": "olav"},
        {"owner_rule": "best"},
    ],
)
def test_a_rule_that_names_nobody_is_refused(heed: Heed, rule: dict[str, str]) -> None:
    assert problem(put(heed, **rule)) == (422, "validation")


def test_an_owner_who_is_not_of_the_team_does_not_fit(heed: Heed) -> None:
    answer = put(heed, owner_rule="named", owner="nobody")
    assert problem(answer) == (409, "does-not-fit")
    assert [error["code"] for error in answer.json_body["errors"]] == ["owner_unknown"]
