"""The form of a survey takes nothing that stands for one of a team's people, as the API does."""

import re
from typing import Any

import pytest

from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of, survey_of
from tests.support.members import Browser, signed_in
from tests.support.owners import team
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in, send

NEW, HERE = "/app/setup/new-survey", f"/app/setup/surveys/{SURVEY.id}"
NAMED = "stands for a member, or one of a team's people"
THEMES = {"Kari": ["kari"], "Waiting": ["slow"]}
OPTIONS = [{"id": "a", "text": {"en": "Kari Nordmann"}}, {"id": "b", "text": {"en": "Others"}}]
WHO = {"id": "who", "kind": "choice", "text": {"en": "Who helped you?"}, "options": OPTIONS}


@pytest.fixture
def browser(heed: Heed) -> Browser:
    team(heed)
    return signed_in(heed)


def stand(**changes: Any) -> Survey:
    """As it was stored before the person joined the team."""
    body = {**body_of(SURVEY), **changes}
    surveys_wiring.surveys().put(survey_of(body))
    return stored()


def stored(survey: str = SURVEY.id) -> Survey:
    return surveys_wiring.surveys().get(survey)


def wrong_fields(page: Any) -> list[str]:
    return re.findall(r'id="e-([^"]*)"', page.body.decode())


def test_a_segment_that_stands_for_one_of_a_team_is_refused_at_its_field(
    browser: Browser,
) -> None:
    typed = {"id": "visits", "name": "Visits", "team": "Desk", "segment.3": "kari_nordmann"}
    refused = send(browser, browser.open(NEW), NEW, **typed)
    assert refused.status_code == 422
    assert wrong_fields(refused) == ["segment.3"]
    assert NAMED in refused.body.decode()
    sent = fields_in(refused)
    assert {name: sent[name] for name in typed} == {name: [one] for name, one in typed.items()}
    again = send(browser, refused, NEW, **{"segment.3": "region"})
    assert again.status_code == 303
    assert stored("visits").segments == ["region"]


def test_a_value_of_one_of_a_team_is_told_at_its_segment(browser: Browser) -> None:
    stand(segments=["group", "desk"], segment_values={"desk": ["Nordmann, Kari"]})
    refused = send(browser, browser.open(HERE), HERE, name="Renamed")
    assert (refused.status_code, wrong_fields(refused)) == (422, ["segment.1"])
    assert fields_in(refused)["name"] == ["Renamed"]
    send(browser, refused, HERE, **{"segment.1": ""})
    assert (stored().name, stored().segment_values) == ("Renamed", {})


def test_a_theme_of_one_of_a_team_is_taken_away_on_the_page(browser: Browser) -> None:
    stand(themes=THEMES)
    refused = send(browser, browser.open(HERE), HERE, name="Renamed")
    assert (refused.status_code, wrong_fields(refused)) == (422, ["themes"])
    assert stored().name == SURVEY.name
    assert send(browser, refused, HERE, themes="Kari").status_code == 303
    assert (stored().name, stored().themes) == ("Renamed", {"Waiting": ["slow"]})


def test_a_ticked_theme_stays_ticked_when_something_else_is_wrong(browser: Browser) -> None:
    stand(themes=THEMES)
    refused = send(browser, browser.open(HERE), HERE, themes=["Kari", "Waiting"], open_days="0")
    assert wrong_fields(refused) == ["open_days"]
    assert fields_in(refused)["themes"] == ["Kari", "Waiting"]


def test_themes_that_nobody_ticked_stay_as_they_are(browser: Browser) -> None:
    before = stand(themes={"Waiting": ["slow"]})
    assert send(browser, browser.open(HERE), HERE).status_code == 303
    assert stored() == before


def test_an_option_of_one_of_a_team_is_said_of_the_whole_form(browser: Browser) -> None:
    stand(questions=[WHO])
    refused = send(browser, browser.open(HERE), HERE, success="Kept.")
    assert (refused.status_code, wrong_fields(refused)) == (422, [])
    assert NAMED in refused.body.decode()
    assert fields_in(refused)["success"] == ["Kept."]


def test_a_segment_below_an_empty_row_is_told_at_its_own_row(browser: Browser) -> None:
    refused = send(browser, browser.open(HERE), HERE, **{"segment.0": "", "segment.3": "Not one"})
    assert wrong_fields(refused) == ["segment.3"]
