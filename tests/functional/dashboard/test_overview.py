"""The first page of a member."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.aws import clients
from chalicelib.members.role import Role
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.answers import NOON, Said
from tests.support.members import Browser, signed_in
from tests.support.reading_pages import links_on, text_of
from tests.support.samples import SURVEY
from tests.support.scores import count
from tests.support.slowness import slow_table
from tests.support.tasks import hear


def add(name: str, audience: str = "internal", **changes: object) -> str:
    id_ = name.lower().replace(" ", "-")
    changes = {"id": id_, "name": name, "audience": audience, **changes}
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    return id_


def names_on(page: Any) -> list[str]:
    return re.findall(r"<bdi>([^<]+)</bdi></a></h3>", page.body.decode())


def test_surveys_stand_in_two_lists_by_name_and_never_by_score(heed: Heed) -> None:
    count(add("Zebra desk"), [30], lowest=10)
    count(add("Alpha desk"), [30], lowest=0)
    count(add("Clients", "external"), [30], lowest=10)
    page = signed_in(heed).open("/app")
    assert names_on(page) == ["Alpha desk", "IT Help Desk", "Zebra desk", "Clients"]
    assert text_of(page).index("Internal surveys") < text_of(page).index("External surveys")


def test_a_survey_shows_its_last_words_before_its_score(heed: Heed) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        said = Said(heed, clock)
        said.answer("a", 2, "Older words")
        said.answer("b", 9, "Newer words")
        said.answer("c", 9)
        text = text_of(signed_in(heed).open("/app"))
    assert "Older words" not in text
    assert text.index("Newer words") < text.index("3 answers")


def test_open_and_overdue_tasks_are_counted(heed: Heed) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        said = Said(heed, clock)
        for name in ("a", "b"):
            hear(said.answer(name, 2, "Slow"))
        assert "2 open tasks" in text_of(signed_in(heed).open("/app"))


def test_the_score_is_a_small_picture_with_its_interval(heed: Heed) -> None:
    count(SURVEY.id, [3], lowest=10)
    html = signed_in(heed).open("/app").body.decode()
    assert '<g class="few"><line class="interval"' in html
    assert "Too few answers to read a score from" in html


def test_a_goal_is_told_beside_the_survey(heed: Heed) -> None:
    by = (moments.now() + timedelta(days=90)).date().isoformat()
    goal = {"metric": "score", "target": 40, "by": by}
    heed.call("POST", f"/v1/surveys/{SURVEY.id}/goals", goal)
    assert "Goal: Score of 40 by" in text_of(signed_in(heed).open("/app"))


def test_who_is_limited_to_a_survey_sees_that_one(heed: Heed) -> None:
    add("Other desk")
    assert names_on(signed_in(heed, surveys=[SURVEY.id]).open("/app")) == ["IT Help Desk"]


def test_more_surveys_than_twenty_are_on_the_next_page(heed: Heed) -> None:
    for number in range(24):
        add(f"Desk {number:02}")
    browser, found = signed_in(heed), list[str]()
    page = browser.open("/app")
    found += names_on(page)
    assert len(found) == 20
    (more,) = {link for link in links_on(page) if "part=" in link}
    found += names_on(browser.open(more))
    assert found == [*(f"Desk {number:02}" for number in range(24)), "IT Help Desk"]


def test_a_survey_that_keeps_its_words_sealed_shows_none_here(heed: Heed) -> None:
    closes = moments.now().date() + timedelta(days=30)
    add("Sealed", identity="anonymous", closes_on=closes)
    page = signed_in(heed).open("/app")
    assert page.status_code == 200
    assert "No words yet." in text_of(page)


@pytest.mark.parametrize("role", Role)
def test_every_role_has_an_overview_and_a_list_of_surveys(heed: Heed, role: Role) -> None:
    add("Trial desk", trial=True)
    browser = signed_in(heed, role)
    assert names_on(browser.open("/app")) == ["IT Help Desk"]
    assert "Trial desk" in text_of(browser.open("/app/surveys"))


def calls_of(browser: Browser, path: str) -> Counter[str]:
    """What is asked of the table, by the name of the operation."""
    calls, events = Counter[str](), clients.client("dynamodb").meta.events

    def note(model: Any, **_: Any) -> None:
        calls[model.name] += 1

    events.register("before-parameter-build.dynamodb", note)
    assert browser.open(path).status_code == 200
    events.unregister("before-parameter-build.dynamodb", note)
    return calls


def test_a_further_survey_costs_six_reads_and_a_further_answer_none(heed: Heed) -> None:
    browser = signed_in(heed)
    for number in range(3):
        add(f"Desk {number}")
    few = calls_of(browser, "/app")
    for number in range(3, 13):
        count(add(f"Desk {number}"), [40], lowest=5)
    many = calls_of(browser, "/app")
    assert many.total() - few.total() <= 6 * 10
    assert set(many) <= {"GetItem", "BatchGetItem", "Query"}


def test_a_survey_s_page_costs_the_same_at_any_number_of_answers(heed: Heed) -> None:
    browser, page = signed_in(heed), f"/app/surveys/{SURVEY.id}"
    browser.open(page)  # the brand is kept from then on
    count(SURVEY.id, [12], lowest=9)
    before = calls_of(browser, page)
    count(SURVEY.id, [4000], lowest=9)
    assert calls_of(browser, page) == before


def test_words_and_tasks_that_there_is_no_time_for_are_not_said_to_be_none(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(heed)
    with slow_table(clients.client("dynamodb"), monkeypatch, seconds=1.3, good=99):
        page = browser.open("/app")
    assert page.status_code == 200
    text = text_of(page)
    assert "Not everything could be read in time." in text
    assert "No words yet" not in text
    assert "0 open tasks" not in text
