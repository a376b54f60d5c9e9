"""The preview of a survey follows what is typed, in a frame in which nothing runs."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checkers import violations
from tests.browser.dashboard.conftest import HOST, Served
from tests.support.samples import SURVEY

HERE, NEW = f"/app/setup/surveys/{SURVEY.id}", "/app/setup/new-survey"
FRAME = "iframe[name=shown]"
LONGER_THAN_QUIET_MS = 1_000


@pytest.fixture
def page(served: Served) -> Page:
    served.sign_in()
    return served.open(HERE)


def ask(page: Page, question: str) -> None:
    page.get_by_label("Question of your own").fill(question)


def choose_own(page: Page) -> None:
    page.get_by_label("Show", exact=True).select_option("page")
    page.get_by_label("Question", exact=True).select_option("")


def test_a_question_that_is_typed_is_seen_without_a_press(page: Page) -> None:
    before = page.evaluate("history.length")
    choose_own(page)
    field = page.get_by_label("Question of your own")
    field.clear()
    field.press_sequentially("Was the coffee warm?")
    heading = page.frame_locator(FRAME).get_by_text("Was the coffee warm?").first
    expect(heading).to_be_visible()
    expect(field).to_be_focused()
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.get_by_role("button", name="Show preview")).to_be_hidden()
    assert page.evaluate("history.length") == before


def test_another_language_and_another_size_are_shown(page: Page) -> None:
    page.get_by_label("In", exact=True).select_option("nb")
    expect(page.frame_locator(FRAME).locator("html[lang=nb]")).to_be_attached()
    page.get_by_role("radio", name="Desktop").check()
    expect(page.frame_locator(FRAME).locator("html[lang=nb]")).to_be_attached()
    assert violations(page) == []


def test_one_request_at_a_time_and_the_last_edit_wins(served: Served, page: Page) -> None:
    held, sent = list[Route](), list[Route]()

    def hold_the_first(route: Route) -> None:
        sent.append(route)
        if len(sent) == 1:
            held.append(route)
        else:
            route.fallback()

    page.route(f"{HOST}{HERE}/preview", hold_the_first)
    choose_own(page)
    for question in ("First?", "Second?", "Third?"):
        ask(page, question)
        page.wait_for_timeout(LONGER_THAN_QUIET_MS)
    assert sent == held
    held.pop().fallback()
    expect(page.frame_locator(FRAME).get_by_text("Third?").first).to_be_visible()
    assert len(sent) == 2


def test_what_is_missing_is_said_in_the_frame(served: Served) -> None:
    served.sign_in()
    page = served.open(NEW)
    shown = page.frame_locator(FRAME)
    expect(shown.get_by_text("Team: Please fill this in.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Visits")
    page.get_by_label("Team", exact=True).fill("Front desk")
    page.get_by_label("Short name").fill("visits")
    expect(shown.get_by_role("heading", name="Front desk")).to_be_visible()


def test_nothing_runs_in_the_frame_and_it_keeps_its_policy(page: Page) -> None:
    with page.expect_response(f"{HOST}{HERE}/preview") as answered:
        page.get_by_label("Name", exact=True).fill("Renamed")
    assert answered.value.headers["content-security-policy"].endswith("; sandbox")
    expect(page.frame_locator(FRAME).get_by_text("Renamed").first).to_be_attached()
    assert page.locator(FRAME).get_attribute("sandbox") == ""
