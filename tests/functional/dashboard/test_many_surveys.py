"""Every list of surveys when there are many: all of them, by name, page by page."""

import html
import random
import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.samples import SURVEY

OVERVIEW, LISTS = "/app", ("/app/surveys", "/app/setup/surveys")
NAMES = (
    "Ärger",
    "Desk",
    "desk",
    "Desk north",
    "Desk\u00a0east",
    "Ωmega",
    "👩\u200d🔧 Mend",
    "Z",
)
CARDS = 20


def by_name(survey: Survey) -> str:
    return survey.name.casefold()


@pytest.fixture
def many(heed: Heed) -> list[Survey]:
    """Of any audience, in no order, some closed, some with the same name."""
    chance = random.Random(7)
    made = [
        replace(
            SURVEY,
            id=f"s{number:03}",
            name=f"{NAMES[number % 8]} {chance.randrange(30)}",
            audience=chance.choice(["internal", "external"]),
            closed=number % 10 == 0,
        )
        for number in range(120)
    ]
    for survey in chance.sample(made, k=len(made)):
        surveys_wiring.surveys().put(survey)
    return [SURVEY, *made]


def pages_from(browser: Browser, path: str) -> Iterator[str]:
    while path:
        answer = browser.open(path)
        assert answer.status_code == 200
        body = answer.body.decode()
        yield body
        more = re.findall('<p class="more"><a class="action" href="([^"]+)"', body)
        path = html.unescape(more[0]) if more else ""


def ids_on(body: str) -> list[str]:
    main = body.partition("<main")[2]
    found = re.findall(r'<a href="/app/(?:setup/)?surveys/([\w-]+)"><bdi>', main)
    return [str(survey) for survey in found]


def test_the_overview_leads_to_every_survey_by_name(heed: Heed, many: list[Survey]) -> None:
    known = {survey.id: survey for survey in many}
    pages = [
        [known[found] for found in ids_on(body)] for body in pages_from(signed_in(heed), OVERVIEW)
    ]
    shown = [survey for page in pages for survey in page]
    assert sorted(survey.id for survey in shown) == sorted(known)
    assert all(1 <= len(page) <= CARDS for page in pages)
    # A page has the next surveys by name, those of each audience together.
    names = [by_name(survey) for page in pages for survey in sorted(page, key=by_name)]
    assert names == sorted(by_name(survey) for survey in many)
    for audience in ("internal", "external"):
        names = [by_name(survey) for survey in shown if survey.audience == audience]
        assert names == sorted(names)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_every_survey_by_name(heed: Heed, many: list[Survey], path: str) -> None:
    known = {survey.id: survey for survey in many}
    shown = [found for body in pages_from(signed_in(heed), path) for found in ids_on(body)]
    assert sorted(shown) == sorted(known)
    names = [by_name(known[found]) for found in shown]
    assert names == sorted(names)


@pytest.mark.parametrize("path", [OVERVIEW, *LISTS])
def test_who_sees_few_finds_them_on_the_first_page(
    heed: Heed, many: list[Survey], path: str
) -> None:
    mine = sorted([many[5], many[60], many[119]], key=by_name)
    browser = signed_in(heed, surveys=[survey.id for survey in mine])
    (body,) = pages_from(browser, path)
    assert sorted(ids_on(body)) == sorted(survey.id for survey in mine)


def test_trials_leave_no_page_of_the_overview_empty(heed: Heed) -> None:
    for number in range(120):
        name = f"{'AZ'[number % 2]} trial {number:03}"
        trial = {"id": f"t{number:03}", "name": name, "trial": True}
        surveys_wiring.surveys().put(replace(SURVEY, **trial))
    assert [ids_on(body) for body in pages_from(signed_in(heed), OVERVIEW)] == [[SURVEY.id]]


def test_a_new_name_is_a_new_place(heed: Heed, many: list[Survey]) -> None:
    renamed = replace(many[50], name="AAA")
    surveys_wiring.surveys().put(renamed)
    assert ids_on(next(pages_from(signed_in(heed), "/app/surveys")))[0] == renamed.id


@pytest.mark.parametrize("trials", [0, 1, 70])
def test_a_full_page_leads_to_no_empty_one(heed: Heed, trials: int) -> None:
    for number in range(49):
        named = {"id": f"s{number:03}", "name": f"A {number:03}"}
        surveys_wiring.surveys().put(replace(SURVEY, **named))
    for number in range(trials):
        named = {"id": f"t{number:03}", "name": f"Z trial {number:03}"}
        surveys_wiring.surveys().put(replace(SURVEY, **named, trial=True))
    browser = signed_in(heed)
    for path, count in {OVERVIEW: 50, **dict.fromkeys(LISTS, 50 + trials)}.items():
        shown = [ids_on(body) for body in pages_from(browser, path)]
        assert all(shown)
        assert len({survey for page in shown for survey in page}) == count
