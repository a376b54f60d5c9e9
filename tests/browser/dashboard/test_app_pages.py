"""WCAG 2.2 AA on every page for members, the Nu checker, and what a person does by keyboard."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_pages import OF_MEMBERS, OPEN
from tests.browser.dashboard.conftest import Served
from tests.browser.responses.test_accessibility import AXE, NU, OPTIONS
from tests.support.members import ADDRESS, Post, add_member
from tests.support.owners import task_of

PAGES = {**OF_MEMBERS, **OPEN}
SCREENS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


def opened(served: Served, name: str) -> Page:
    path = PAGES[name](served.heed)
    if name in OF_MEMBERS and not served.is_signed_in:
        served.sign_in()
    return served.open(path)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(served: Served, name: str) -> None:
    page = opened(served, name)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        # A colour on its way from one look to the other is none of either.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = page.evaluate(f"axe.run({OPTIONS})")["violations"]
        at_fault = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
        assert at_fault == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_nu_checker_finds_no_error(served: Served, tmp_path: Path) -> None:
    for name in (*OPEN, *OF_MEMBERS):
        html = opened(served, name).content()
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
        assert len(html.encode()) < 60_000
    checked = subprocess.run(
        ["java", "-jar", NU, "--format", "json", "--exit-zero-always", tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(checked.stderr)["messages"]
    found = [(Path(one["url"]).stem, one["message"]) for one in messages if one["type"] != "info"]
    assert found == []


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
