"""WCAG 2.2 AA on every page for members, the Nu checker, and what a person does by keyboard."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_pages import OF_MEMBERS, OPEN
from tests.browser.checkers import faults_of_html, violations_on_screens
from tests.browser.dashboard.conftest import Served
from tests.functional.conftest import Heed
from tests.support.app_pages import PAGES as SERVED
from tests.support.demo_pages import PATHS as DEMO
from tests.support.members import ADDRESS, Post, add_member
from tests.support.owners import task_of

PAGES = {**OF_MEMBERS, **OPEN}


def opened(served: Served, name: str) -> Page:
    path = PAGES[name](served.heed)
    if name in OF_MEMBERS and not served.is_signed_in:
        served.sign_in()
    return served.open(path)


def test_every_page_for_members_is_looked_at(heed: Heed) -> None:
    """Those of answers with the demo, in test_survey_pages.py; a preview in test_preview.py."""
    paths = {urlsplit(made(heed)).path for made in PAGES.values()}
    paths |= {urlsplit(path).path for path in DEMO.values()}
    shown = [one for one in SERVED if one.method == "GET" and not one.page.in_frame]
    pages = {one.path for one in shown if not one.path.endswith((".csv", "{table}", "{rest+}"))}
    like = {page: re.compile(re.sub(r"{\w+}", "[^/]+", page)) for page in pages}
    missed = {page for page in pages if not any(map(like[page].fullmatch, paths))}
    assert missed == set()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(served: Served, name: str) -> None:
    assert violations_on_screens(opened(served, name)) == []


def test_the_nu_checker_finds_no_error(served: Served, tmp_path: Path) -> None:
    pages = {name: opened(served, name).content() for name in (*OPEN, *OF_MEMBERS)}
    assert {name: html for name, html in pages.items() if len(html.encode()) >= 60_000} == {}
    assert faults_of_html(pages, tmp_path) == set()


def test_by_keyboard_a_member_signs_in_and_takes_a_task(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_member()
    task, post = task_of(served.heed), Post(monkeypatch)
    page = served.open(f"/app/tasks/{task}")
    page.get_by_label("Your e-mail address").press_sequentially(ADDRESS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    page.goto(f"https://heed.example.com{post.link(served.heed)}")
    page.get_by_role("button", name="Sign in").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"https://heed.example.com/app/tasks/{task}")
    page.get_by_role("button", name="Take it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_text("Owner: Kari Nordmann")).to_be_visible()


def test_the_first_stop_of_the_keyboard_leads_to_the_content_and_is_seen(served: Served) -> None:
    page = opened(served, "tasks")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
