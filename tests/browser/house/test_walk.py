"""The respondent's way, through the deployed stack: inbox, tap, thank you, comment."""

import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.onetap.browser_events import move_as_a_hand

IMAGES = Path(__file__).parents[3] / "docs/images"
MAIL_TIMEOUT_S = 60
ANSWER_TIMEOUT_S = 30
MOVES = 12

pytestmark = pytest.mark.slow


def invite(page: Page, stack: Any) -> tuple[str, str]:
    """Asks a person nobody asked before. Gives the invitation's id and the address."""
    address = f"walk-{uuid4().hex[:12]}@example.com"
    answer = page.request.post(
        f"{stack.api}/v1/surveys/{stack.survey}/invitations",
        headers={"Authorization": f"Bearer {stack.key}"},
        data={"email": address, "name": "Ann Lee"},
    )
    assert answer.ok, answer.text()
    return answer.json()["id"], address


def arrived(page: Page, stack: Any, address: str) -> int:
    """The number of the mail in the inbox. Fails when none came in time."""
    deadline = time.monotonic() + MAIL_TIMEOUT_S
    while time.monotonic() < deadline:
        for message in page.request.get(f"{stack.inbox}/api/messages/").json()["data"]:
            if address in message["recipients_envelope"]:
                return int(message["id"])
        page.wait_for_timeout(500)
    pytest.fail(f"no mail within {MAIL_TIMEOUT_S} s")


def message_in_inbox(page: Page, stack: Any, address: str) -> FrameLocator:
    arrived(page, stack, address)
    page.goto(stack.inbox)
    page.get_by_role("cell", name=address).first.click()
    return page.frame_locator("#message-body")


def wait_for_answer(page: Page, stack: Any, invitation: str) -> Any:
    """The answer, as soon as it is in the score. Fails when it is not in time."""
    address = f"{stack.api}/v1/surveys/{stack.survey}/responses?state=counted&limit=100"
    key = {"Authorization": f"Bearer {stack.key}"}
    deadline = time.monotonic() + ANSWER_TIMEOUT_S
    while time.monotonic() < deadline:
        for response in page.request.get(address, headers=key).json()["items"]:
            if response["id"] == invitation:
                return response
        page.wait_for_timeout(200)
    pytest.fail(f"no answer counted within {ANSWER_TIMEOUT_S} s")


def open_mail(page: Page, stack: Any) -> None:
    _, address = invite(page, stack)
    number = arrived(page, stack, address)
    page.goto(f"{stack.inbox}/api/messages/{number}.html")


def link(page: Page, score: int) -> Locator:
    return page.get_by_role("link", name=f"{score} out of 10", exact=True)


def chosen(page: Page) -> Locator:
    return page.get_by_role("radio", checked=True)


def press(page: Page, name: str) -> None:
    """As a person does: a hand moves the mouse there, or presses a key where there is none."""
    button = page.get_by_role("button", name=name)
    if page.evaluate("innerWidth") < 600:
        button.press("Enter")
    else:
        # Its words change under the hand when the tap counts.
        aimed_at = button.element_handle()
        move_as_a_hand(page, MOVES, page.wait_for_timeout)
        aimed_at.click()


def keep(page: Page, name: str) -> None:
    """A picture for the README, on request only: a test run leaves the checkout as it was."""
    on_phone = page.evaluate("innerWidth") < 600
    if on_phone and os.environ.get("HEED_SCREENSHOTS") == "1":
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / name)


@pytest.mark.parametrize("browser_page", ["desktop"], indirect=True)
def test_the_inbox_page_shows_the_mail(browser_page: Page, stack: Any) -> None:
    _, address = invite(browser_page, stack)
    message = message_in_inbox(browser_page, stack, address)
    expect(message.get_by_role("link", name="3 out of 10", exact=True)).to_be_visible()


@pytest.mark.parametrize("browser_page", ["desktop"], indirect=True)
def test_a_tap_in_the_inbox_page_is_recorded_by_itself_once_the_mouse_moves(
    browser_page: Page, stack: Any
) -> None:
    invitation, address = invite(browser_page, stack)
    message = message_in_inbox(browser_page, stack, address)
    with browser_page.expect_popup() as opened:
        message.get_by_role("link", name="9 out of 10", exact=True).click()
    page = opened.value
    expect(page.get_by_role("heading", level=1)).to_have_text("You chose 9")
    move_as_a_hand(page, MOVES, page.wait_for_timeout)
    counted = wait_for_answer(page, stack, invitation)
    assert (counted["score"], counted["why"]) == (9, "input")
    expect(page.get_by_role("button", name="Keep my 9")).to_be_hidden()


@pytest.mark.parametrize("browser_page", ["phone", "desktop"], indirect=True)
def test_a_tap_and_a_press_record_a_score_and_then_a_comment(
    browser_page: Page, stack: Any
) -> None:
    open_mail(browser_page, stack)
    keep(browser_page, "mail.png")
    with browser_page.expect_popup() as opened:
        link(browser_page, 3).click()
    page = opened.value
    heading = page.get_by_role("heading", level=1)

    expect(chosen(page)).to_have_value("3")
    expect(heading).to_have_text("You chose 3")
    keep(page, "thanks.png")

    press(page, "Send")
    expect(page.get_by_role("status")).to_contain_text("Your 3 is recorded.")
    expect(chosen(page)).to_have_value("3")

    page.get_by_role("textbox").fill("Nobody told me why.\nIt still happens.")
    press(page, "Save changes")
    expect(page.get_by_role("status")).to_contain_text("Your 3 is recorded.")
    expect(page.get_by_role("textbox")).to_have_value("Nobody told me why.\nIt still happens.")


def test_the_keyboard_alone_gets_there(browser_page: Page, stack: Any) -> None:
    open_mail(browser_page, stack)
    for _ in range(4):
        browser_page.keyboard.press("Tab")
    expect(link(browser_page, 3)).to_be_focused()
    with browser_page.expect_popup() as opened:
        browser_page.keyboard.press("Enter")
    page = opened.value
    expect(chosen(page)).to_have_value("3")

    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(chosen(page)).to_have_value("4")
    # A key counts the tap.
    expect(page.get_by_role("heading", level=1)).to_have_text("Your 3 is recorded.")

    page.keyboard.press("Tab")
    page.keyboard.type("Slow")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save changes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your 4 is recorded.")
    expect(page.get_by_role("textbox")).to_have_value("Slow")
