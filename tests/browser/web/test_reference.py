"""The page that shows the API: read, signed in, tried, on the deployed stack."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("browser_page", ["desktop"], indirect=True)
def test_a_person_reads_signs_in_and_tries_with_nothing_fetched_from_elsewhere(
    browser_page: Page, stack: Any
) -> None:
    page, asked, complaints = browser_page, [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{stack.api}/v1/docs")

    expect(page.get_by_role("heading", name=re.compile("^Heed"))).to_be_visible()
    expect(page.get_by_text("Show the scores", exact=True)).to_be_visible()

    page.get_by_role("button", name="Authorize").first.click()
    dialog = page.locator(".modal-ux")
    dialog.locator("input#auth-bearer-value").fill(stack.key)
    dialog.get_by_role("button", name="Apply credentials").first.click()
    dialog.get_by_role("button", name="Close").last.click()

    operation = page.locator("#operations-surveys-list_surveys")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Execute").click()
    live = operation.locator(".live-responses-table")
    expect(live.locator(".response-col_status").last).to_contain_text("200")
    expect(live).to_contain_text(stack.survey)

    home = urlsplit(stack.api).netloc
    assert [url for url in asked if urlsplit(url).netloc not in (home, "")] == []
    assert f"{stack.api}/v1/surveys?limit=50" in asked
    assert complaints == []


@pytest.mark.parametrize("browser_page", ["desktop"], indirect=True)
def test_a_link_leads_to_its_operation(browser_page: Page, stack: Any) -> None:
    browser_page.goto(f"{stack.api}/v1/docs#/scores/show_scores")
    operation = browser_page.locator("#operations-scores-show_scores")
    expect(operation).to_have_class(re.compile("is-open"))
