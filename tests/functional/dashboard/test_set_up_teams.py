"""Teams and people on pages."""

import re
from typing import Any

import pytest

from chalicelib.members.role import Role
from chalicelib.teams import wiring as teams_wiring
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.setup_pages import fields_in, send

NEW, DESK, PEOPLE = "/app/setup/new-team", "/app/setup/teams/desk", "/app/setup/people"
TYPED = {
    "id": "desk",
    "name": "Service Desk",
    "0.name": "Kari",
    "0.email": "kari@example.com",
    "0.id": "kari",
    "0.role": "lead",
    "owner_rule": "round_robin",
    "tz": "Europe/Oslo",
    "monday": "08:00-11:30, 12:00 - 16:00",
    "country": "NO",
}


@pytest.fixture
def browser(heed: Heed) -> Browser:
    return signed_in(heed)


def text_of(page: Any) -> str:
    return str(page.body.decode())


def wrong_in(page: Any) -> list[str]:
    return re.findall(r'id="e-([^"]+)"', text_of(page))


def test_a_team_is_made_with_its_people_and_hours(heed: Heed, browser: Browser) -> None:
    answer = send(browser, browser.open(NEW), NEW, **TYPED)
    assert "Saved." in text_of(browser.follow(answer))
    team = heed.call("GET", "/v1/teams/desk").json_body
    assert [person["email"] for person in team["people"]] == ["kari@example.com"]
    assert team["calendar"]["hours"] == {"monday": ["08:00-11:30", "12:00-16:00"]}


def test_saving_a_team_as_it_stands_changes_nothing(browser: Browser) -> None:
    send(browser, browser.open(NEW), NEW, **TYPED)
    before = teams_wiring.teams().get("desk")
    send(browser, browser.open(DESK), DESK)
    after = teams_wiring.teams().get("desk")
    assert (after.people, after.calendar, after.digest) == (
        before.people,
        before.calendar,
        before.digest,
    )


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"id": "no good"}, ["id"]),
        ({"0.email": "nobody"}, ["0.email"]),
        ({"0.id": ""}, ["0.id"]),
        ({"1.name": "Ola"}, ["1.email", "1.id"]),
        ({"monday": "8-16"}, ["monday"]),
        ({"tz": ""}, ["tz"]),
    ],
)
def test_a_field_of_a_team_is_told_of(
    browser: Browser, typed: dict[str, str], wrong: list[str]
) -> None:
    answer = send(browser, browser.open(NEW), NEW, **{**TYPED, **typed})
    assert answer.status_code in (409, 422)
    assert wrong_in(answer) == wrong
    assert fields_in(answer)["country"] == ["NO"]


def test_a_team_is_deleted(browser: Browser) -> None:
    send(browser, browser.open(NEW), NEW, **TYPED)
    answer = send(browser, browser.open(DESK), DESK, form="act-delete", act="delete")
    assert "Deleted." in text_of(browser.follow(answer))
    assert browser.open(DESK).status_code == 404


def test_somebody_is_put_into_the_directory_changed_and_taken_out(browser: Browser) -> None:
    typed = {"email": "Ingrid@example.com", "role": "manager", "language": "nb"}
    answer = send(browser, browser.open(PEOPLE), PEOPLE, **typed)
    here = answer.headers["Location"]
    assert fields_in(browser.open(here))["role"] == ["manager"]
    send(browser, browser.open(here), here, role="", location="Oslo")
    shown = fields_in(browser.open(here))
    assert (shown["role"], shown["location"]) == ([""], ["Oslo"])
    assert "ngrid" not in text_of(browser.open(PEOPLE))
    send(browser, browser.open(here), here, form="act-delete", act="delete")
    assert browser.open(here).status_code == 404


def test_an_address_that_is_none_is_told_at_its_field(browser: Browser) -> None:
    answer = send(browser, browser.open(PEOPLE), PEOPLE, email="nobody", role="manager")
    assert wrong_in(answer) == ["email"]
    assert fields_in(answer)["role"] == ["manager"]


@pytest.mark.parametrize("role", Role)
def test_teams_and_people_are_for_who_may_change_them(heed: Heed, role: Role) -> None:
    browser = signed_in(heed, role)
    found = (browser.open(NEW).status_code, browser.open(PEOPLE).status_code)
    assert found == {
        Role.MANAGER: (200, 404),
        Role.ADMIN: (200, 200),
    }.get(role, (404, 404))
