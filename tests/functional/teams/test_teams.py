"""Teams: put, shown, listed and deleted."""

from typing import Any

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.teams.schemas import EXAMPLE
from tests.functional.conftest import Heed
from tests.support.problems import problem

DESK = "/v1/teams/desk"
HOURS = {"monday": ["08:00-11:30", "12:00-16:00"]}
KARI = {"id": "kari", "name": "Kari", "email": "kari@example.com"}


def calendar(**changes: Any) -> dict[str, Any]:
    return {"name": "Desk", "calendar": {"tz": "Europe/Oslo", "hours": HOURS} | changes}


def test_a_team_is_put_shown_listed_and_deleted(heed: Heed) -> None:
    shown = heed.call("PUT", DESK, EXAMPLE).json_body
    assert shown["people"] == [{**EXAMPLE["people"][0], "lang": None, "slack": None}]
    assert heed.call("GET", DESK).json_body == shown
    assert heed.call("GET", "/v1/teams").json_body == {"items": [shown], "next": None}
    assert heed.call("DELETE", DESK).status_code == 204
    assert problem(heed.call("GET", DESK)) == (404, "not-found")
    assert problem(heed.call("DELETE", DESK)) == (404, "not-found")


def test_a_team_may_have_neither_people_nor_a_calendar(heed: Heed) -> None:
    shown = heed.call("PUT", DESK, {"name": "Desk"}).json_body
    assert (shown["people"], shown["calendar"]) == ([], None)


def test_a_person_has_an_id_in_slack_that_is_shown_as_the_address_is(heed: Heed) -> None:
    people = [{**KARI, "slack": "U0FICTIONAL"}]
    shown = heed.call("PUT", DESK, {"name": "Desk", "people": people}).json_body
    assert shown["people"][0]["slack"] == "U0FICTIONAL"
    key = heed.make_key(Scope.TEAMS_READ)
    assert heed.call("GET", DESK, key=key).json_body["people"][0]["slack"] is None


def test_two_people_are_not_one_in_slack(heed: Heed) -> None:
    other = {"id": "olav", "name": "Olav", "email": "olav@example.com", "slack": "U1"}
    answer = heed.call("PUT", DESK, {"name": "Desk", "people": [{**KARI, "slack": "U1"}, other]})
    assert answer.json_body["errors"][0]["code"] == "given_twice"


def test_what_is_put_again_replaces_what_was(heed: Heed) -> None:
    heed.call("PUT", DESK, EXAMPLE)
    shown = heed.call("PUT", DESK, {"name": "Desk", "people": [KARI]}).json_body
    assert (shown["calendar"], shown["people"][0]["role"]) == (None, "member")
    assert heed.call("GET", DESK).json_body == shown


@pytest.mark.parametrize(
    "hours",
    [
        {},
        {"monday": []},
        {"monday": ["08:00-08:30"]},
        {"monday": ["16:00-08:00"]},
        {"monday": ["08:00-12:00", "12:00-16:00"]},
        {"monday": ["08:00-12:00", "11:00-16:00"]},
        {"monday": ["12:30-16:00", "08:00-12:00"]},
    ],
)
def test_a_calendar_in_which_nobody_can_work_does_not_fit(heed: Heed, hours: Any) -> None:
    answer = heed.call("PUT", DESK, calendar(hours=hours))
    assert problem(answer) == (409, "does-not-fit")
    assert [error["code"] for error in answer.json_body["errors"]] == ["hours_unusable"]


@pytest.mark.parametrize(
    "hours",
    [{"monday": ["8-16"]}, {"monday": ["08:00-24:30"]}, {"mon": ["08:00-16:00"]}],
)
def test_hours_that_are_none_are_refused(heed: Heed, hours: Any) -> None:
    assert problem(heed.call("PUT", DESK, calendar(hours=hours))) == (422, "validation")


@pytest.mark.parametrize("hours", [["00:00-24:00"], ["06:00-14:00", "14:30-24:00"]])
def test_a_day_may_end_at_midnight(heed: Heed, hours: list[str]) -> None:
    shown = heed.call("PUT", DESK, calendar(hours={"sunday": hours})).json_body
    assert shown["calendar"]["hours"] == {"sunday": hours}


@pytest.mark.parametrize(
    "body",
    [
        calendar(tz="Europe/Atlantis"),
        calendar(country="Norway"),
        calendar(subdivision="03"),
        {"name": ""},
        {"name": "Desk", "people": [KARI | {"role": "boss"}]},
        {"name": "Desk", "people": [KARI | {"email": "kari"}]},
        {"name": "Desk", "size": 3},
    ],
)
def test_what_cannot_be_used_is_refused(heed: Heed, body: dict[str, Any]) -> None:
    assert problem(heed.call("PUT", DESK, body)) == (422, "validation")


@pytest.mark.parametrize("twin", [KARI, KARI | {"id": "k"}, KARI | {"email": "k@example.com"}])
def test_nobody_is_in_a_team_twice(heed: Heed, twin: dict[str, str]) -> None:
    twin = twin | {"email": twin["email"].replace("kari", "Kari")}
    body = {"name": "Desk", "people": [KARI, twin]}
    assert problem(heed.call("PUT", DESK, body)) == (409, "does-not-fit")


def test_who_was_erased_joins_no_team(heed: Heed) -> None:
    heed.call("POST", "/v1/people/erasures", {"email": KARI["email"]})
    answer = heed.call("PUT", DESK, {"name": "Desk", "people": [KARI]})
    assert problem(answer) == (409, "does-not-fit")
    assert heed.items("TEAM") == []


def test_who_is_erased_leaves_the_team(heed: Heed) -> None:
    heed.call(
        "PUT", DESK, {"name": "Desk", "people": [KARI, KARI | {"id": "o", "email": "o@x.example"}]}
    )
    exported = heed.call("GET", "/v1/people/export?email=kari@example.com").json_body
    assert exported["teams"] == ["desk"]
    receipt = heed.call("POST", "/v1/people/erasures", {"email": "KARI@example.com"}).json_body
    assert receipt["erased"]["teams"] == 1
    assert [member["id"] for member in heed.call("GET", DESK).json_body["people"]] == ["o"]


def test_names_and_addresses_are_for_keys_that_may_see_people(heed: Heed) -> None:
    heed.call("PUT", DESK, EXAMPLE)
    key = heed.make_key(Scope.TEAMS_READ)
    for shown in (
        heed.call("GET", DESK, key=key).json_body,
        heed.call("GET", "/v1/teams", key=key).json_body["items"][0],
    ):
        (member,) = shown["people"]
        assert (member["id"], member["name"], member["email"]) == ("kari", None, None)
    assert problem(heed.call("PUT", DESK, EXAMPLE, key=key)) == (403, "scope-missing")


def test_no_log_line_names_a_member(heed: Heed, log_lines: Any) -> None:
    heed.call("PUT", DESK, EXAMPLE)
    heed.call("GET", DESK)
    assert "kari" not in log_lines.getvalue().lower()
