"""The page of a task by keyboard alone, on a small phone: from the owner's e-mail to the closed
task, on the deployed stack."""

import re
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checkers import violations
from tests.conftest import Stack
from tests.support.outside import Outside

pytestmark = pytest.mark.slow
FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  const seen = box.top < innerHeight && box.bottom > 0;
  return [style.outlineStyle, parseFloat(style.outlineWidth), seen];
}"""
MOST_STOPS = 40
OWNER = "by-keyboard@example.com"
PEOPLE = [
    {"id": "kari", "name": "Kari", "email": OWNER},
    {"id": "olav", "name": "Olav", "email": "olav-by-keyboard@example.com"},
]
SURVEY = {
    "name": "By keyboard",
    "success": "Whoever is unhappy is called.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "internal",
    "counts": "send",
    "task_team": "by-keyboard",
    "causes": ["Printer", "Wi-Fi"],
}
NOTE = "Look at the printer on the second floor."


class Keyboard:
    """Whoever has no mouse: every stop has to show where it is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, target: Locator) -> None:
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            self._shows_where_it_is()
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"no key leads to {target}")

    def press(self, name: str) -> None:
        self.go_to(self.page.get_by_role("button", name=name, exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self._fits()

    def write(self, label: str, text: str) -> None:
        self.go_to(self.page.get_by_label(re.compile(f"^{label}")))
        self.page.keyboard.type(text)

    def _shows_where_it_is(self) -> None:
        if self.page.evaluate("document.activeElement === document.body"):
            return  # beyond the last stop the browser's own controls have their turn
        style, width, is_seen = self.page.evaluate(FOCUSED)
        assert (style, width >= 2, is_seen) == ("solid", True, True)

    def _fits(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert violations(self.page) == []


def opened(outside: Outside) -> tuple[str, str]:
    """A task, and the link in its owner's e-mail."""
    team = {"name": "Support", "people": PEOPLE}
    assert outside.api("PUT", "/v1/teams/by-keyboard", team).status == 200
    assert outside.api("PUT", "/v1/surveys/by-keyboard", SURVEY).status in (200, 201)
    task = {"survey": "by-keyboard", "note": NOTE, "due_at": "2031-01-31T12:00:00Z"}
    made = outside.api("POST", "/v1/tasks", {**task, "owner": "kari"}).json
    (mail,) = outside.wait_for_mails(OWNER, 1, seconds=200)
    found = re.search(r'href="(https?://[^"]+/t/[a-z2-7]+)"', unescape(outside.html_of(mail)))
    assert found
    return str(made["id"]), found[1]


def history(outside: Outside, task: str) -> list[Any]:
    shown = outside.api("GET", f"/v1/tasks/{task}").json
    return [(entry["what"], entry["by"]) for entry in shown["history"][1:]]


@pytest.mark.parametrize("browser_page", ["small phone"], indirect=True)
def test_a_task_is_taken_noted_handed_on_waits_and_is_closed(
    browser_page: Page, stack: Stack
) -> None:
    outside, page, keys = Outside(stack), browser_page, Keyboard(browser_page)
    task, link = opened(outside)
    page.goto(link)
    expect(page.get_by_text(NOTE).first).to_be_visible()

    keys.press("Take it")
    expect(page.get_by_role("status")).to_have_text("Recorded")

    keys.write("Note", "Called the floor")
    keys.press("Add the note")

    keys.go_to(page.get_by_label("Hand it on to"))
    page.keyboard.press("ArrowDown")
    keys.press("Hand it on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Olav")

    keys.go_to(page.get_by_label(re.compile("^Wait until")))
    # The twelfth of December, whichever comes first, and at ten with or without AM. The latest
    # day has a year of four digits, so the fourth leads on.
    page.keyboard.type("121220301000A")
    keys.press("Let it wait")
    expect(page.get_by_text("Waits until").first).to_be_visible()

    keys.go_to(page.get_by_label("Cause", exact=True))
    page.keyboard.press("ArrowDown")
    keys.go_to(page.get_by_role("checkbox", name="The cause itself is gone"))
    page.keyboard.press("Space")
    keys.write("What we told them", "It prints again.")
    keys.press("Close it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Done. The task is closed.")

    did = ["taken", "noted", "handed_on", "waiting", "closed"]
    assert history(outside, task) == [(what, "kari") for what in did]
    shown = outside.api("GET", f"/v1/tasks/{task}").json
    assert (shown["cause"], shown["fixed"], shown["note"]) == ("Printer", True, "It prints again.")
