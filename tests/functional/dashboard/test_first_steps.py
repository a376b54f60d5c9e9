"""What a page says where there is nothing yet, and where it leads to from there."""

import re

import pytest
from msgspec.structs import replace

from chalicelib.members.role import Role
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.samples import SURVEY

NEW = 'href="/app/setup/new-survey"'
NOTHING = "There is no survey here yet."
DRAFT = "It is a draft and asks nobody. Say first what success looks like."
SETUP = f"/app/setup/surveys/{SURVEY.id}"


def main_of(browser: Browser, path: str) -> str:
    page = browser.open(path)
    assert page.status_code == 200
    (found,) = re.findall(r"<main.*?</main>", page.body.decode(), re.DOTALL)
    return str(found)


@pytest.fixture
def empty(heed: Heed) -> Heed:
    surveys_wiring.surveys().delete(SURVEY.id)
    surveys_wiring.catalogue.cache_clear()
    return heed


@pytest.mark.parametrize("path", ["/app", "/app/surveys", "/app/tasks/new"])
def test_without_a_survey_whoever_may_make_one_is_led_to_it(empty: Heed, path: str) -> None:
    page = main_of(signed_in(empty), path)
    assert NOTHING in page
    assert NEW in page
    assert "<table" not in page
    assert "<form" not in page


@pytest.mark.parametrize("path", ["/app", "/app/surveys", "/app/tasks/new"])
def test_without_a_survey_others_are_told_who_makes_one(empty: Heed, path: str) -> None:
    page = main_of(signed_in(empty, Role.TEAM), path)
    assert NOTHING in page
    assert NEW not in page
    assert "A manager or an admin can make one." in page


@pytest.mark.parametrize("path", ["/app/setup/surveys", "/app/setup/helpdesks"])
def test_who_is_limited_to_surveys_is_led_to_no_new_one(heed: Heed, path: str) -> None:
    limited = signed_in(heed, surveys=["another"])
    assert NEW not in main_of(limited, path)
    assert limited.open("/app/setup/new-survey").status_code == 404


def test_a_draft_says_what_is_missing_and_leads_to_it(heed: Heed) -> None:
    draft = replace(SURVEY, success=None)
    surveys_wiring.surveys().put(draft)
    surveys_wiring.catalogue.cache_clear()
    manager = signed_in(heed)
    assert DRAFT in main_of(manager, SETUP)
    assert 'href="#f-success"' in main_of(manager, SETUP)
    assert f'href="{SETUP}#f-success"' in main_of(manager, f"/app/surveys/{SURVEY.id}")
    viewer = signed_in(heed, Role.VIEWER, address="viewer@example.com")
    page = main_of(viewer, f"/app/surveys/{SURVEY.id}")
    assert DRAFT in page
    assert SETUP not in page


def test_a_survey_that_asks_is_no_draft(heed: Heed) -> None:
    assert DRAFT not in main_of(signed_in(heed), SETUP)


def test_the_two_pages_of_a_survey_lead_to_each_other(heed: Heed) -> None:
    manager, viewer = signed_in(heed), signed_in(heed, Role.VIEWER, address="viewer@example.com")
    results = f"/app/surveys/{SURVEY.id}"
    assert f'href="{results}"' in main_of(manager, SETUP)
    assert f'href="{SETUP}"' in main_of(manager, results)
    assert f'href="{SETUP}"' not in main_of(viewer, results)
