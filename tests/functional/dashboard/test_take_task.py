"""A page without "Take it" says why, and what to do."""

from typing import Any

import pytest

from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.members import signed_in
from tests.support.owners import task_of

OUTSIDE = "You cannot take it: only people of its team do"
OF_NOBODY = "Nobody can take it: it has no team."
DESK, TEAMS = 'href="/app/setup/teams/desk"', 'href="/app/setup/teams">Make a team'


def shown(heed: Heed, task: str, role: Role, **more: Any) -> str:
    browser = signed_in(heed, role, **more)
    return str(browser.open(f"/app/tasks/{task}").body.decode())


def test_an_admin_outside_the_team_is_led_to_it(heed: Heed) -> None:
    page = shown(heed, task_of(heed), Role.ADMIN, address="boss@example.com")
    assert OUTSIDE in page
    assert DESK in page
    assert 'value="take"' not in page


def test_somebody_else_outside_the_team_is_told_who_adds_them(heed: Heed) -> None:
    page = shown(heed, task_of(heed), Role.TEAM, address="boss@example.com")
    assert OUTSIDE in page
    assert "An admin can add you to the team." in page
    assert "setup/teams" not in page


def test_a_task_of_no_team_says_so_and_leads_an_admin_to_the_teams(heed: Heed) -> None:
    page = shown(heed, opened("a"), Role.ADMIN)
    assert OF_NOBODY in page
    assert TEAMS in page


def test_a_task_of_a_team_that_is_gone_is_of_no_team(heed: Heed) -> None:
    task = task_of(heed)
    heed.call("DELETE", "/v1/teams/desk")
    assert OF_NOBODY in shown(heed, task, Role.ADMIN)


def test_an_admin_of_some_surveys_is_led_to_no_page_that_is_not_theirs(heed: Heed) -> None:
    page = shown(heed, opened("a"), Role.ADMIN, surveys=["it-help-desk"])
    assert OF_NOBODY in page
    assert TEAMS not in page


@pytest.mark.parametrize("address", ["kari@example.com", "boss@example.com"])
def test_nothing_is_said_where_nothing_is_missing(heed: Heed, address: str) -> None:
    """To one of the team, and of a task that is closed."""
    task = task_of(heed)
    if address == "boss@example.com":
        heed.call("PATCH", f"/v1/tasks/{task}", {"state": "closed", "cause": "Wi-Fi"})
    page = shown(heed, task, Role.ADMIN, address=address)
    assert "<form" in page
    assert "take it:" not in page
