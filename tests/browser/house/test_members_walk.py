"""A manager's way through the deployed stack: the mail with the link, the pages, and out again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace
from playwright.sync_api import APIResponse, Browser, Locator, Page, expect

from tests.browser.house.test_walk import arrived, message_in_inbox
from tests.conftest import ROOT, Stack
from tests.support.inbound import resigned, sample
from tests.support.visitor import LINK, Visitor

pytestmark = pytest.mark.slow
SCANNER = "Mozilla/5.0 (compatible; MailScanner/1.0)"


def add_member(stack: Stack) -> str:
    """An admin, as the operator makes the first one. Gives the address."""
    address = f"kari-{uuid4().hex[:12]}@example.com"
    port = stack.endpoint.rpartition(":")[2]
    environment = os.environ | {"HEED_AWS_PORT": port, "HEED_LOCAL_DIR": str(stack.home)}
    options = ["--address", address, "--role", "admin", "--name", "Kari Nordmann"]
    command = [sys.executable, "-m", "infra.cli", "member", *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return address


def link_for(visitor: Visitor, address: str) -> str:
    """The link in the mail."""
    request, stack = visitor.page, visitor.stack
    number = arrived(request, stack, address)
    text = request.request.get(f"{stack.inbox}/api/messages/{number}.plain").text()
    found = LINK.search(text)
    assert found, text
    return found[0]


def ask_for_link(visitor: Visitor, path: str = "") -> str:
    """Gives the address that asked."""
    address = add_member(visitor.stack)
    visitor.open(path)
    visitor.ask(address)
    expect(visitor.page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    return address


def sign_in(visitor: Visitor) -> None:
    visitor.page.goto(link_for(visitor, ask_for_link(visitor)))
    visitor.press("Sign in")
    expect(visitor.page).to_have_url(visitor.at())


@pytest.fixture
def stranger(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    """Nobody is signed in."""
    found = Visitor(browser, stack)
    yield found
    found.context.close()
    assert found.wrong == []


@pytest.fixture(scope="module")
def signed_in(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    found = Visitor(browser, stack)
    sign_in(found)
    yield found
    found.context.close()


@pytest.fixture
def kari(signed_in: Visitor) -> Iterator[Visitor]:
    yield signed_in
    assert signed_in.wrong == []


def is_led_to_sign_in(visitor: Visitor) -> bool:
    return visitor.open().url.startswith(visitor.at("sign-in"))


def test_the_link_of_the_mail_signs_in_and_leads_to_the_page_that_was_wanted(
    stranger: Visitor,
) -> None:
    address = ask_for_link(stranger, "tasks?overdue=true")
    message = message_in_inbox(stranger.page, stranger.stack, address)
    with stranger.context.expect_page() as opened:
        message.get_by_role("link", name="Sign in").click()
    page = opened.value
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(stranger.at("tasks?overdue=true"))
    expect(page.get_by_text("Kari Nordmann")).to_be_visible()
    session = stranger.session
    assert stranger.at().endswith(session["path"])
    assert (session["httpOnly"], session["sameSite"]) == (True, "Lax")


def test_elsewhere_the_link_shows_a_code_and_a_scanner_gets_in_by_nothing(
    browser: Browser, stranger: Visitor
) -> None:
    link = link_for(stranger, ask_for_link(stranger))
    scanned = scan(browser, link)
    assert [answer.status for answer in scanned] == [200, 403]
    assert [answer.headers.get("set-cookie", "").count("-session=") for answer in scanned] == [0, 0]
    phone = Visitor(browser, stranger.stack)
    phone.page.goto(link)
    code = phone.page.locator(".code").inner_text()
    assert is_led_to_sign_in(phone)
    stranger.page.get_by_label("Code").fill(code)
    stranger.press("Sign in")
    expect(stranger.page.get_by_role("heading", name="Overview")).to_be_visible()
    phone.page.goto(link)
    phone.context.close()
    assert phone.wrong == []


def scan(browser: Browser, link: str) -> list[APIResponse]:
    """What a scanner of mail asks for: the link, and the form behind it."""
    context = browser.new_context(user_agent=SCANNER)
    opened = context.request.get(link)
    sent = context.request.post(link, form={})
    asked = context.request.get(link.partition("/sign-in/")[0])
    assert "/sign-in?" in asked.url or asked.url.endswith("/sign-in")
    context.close()
    return [opened, sent]


def test_what_unhappy_people_said_last_week_is_two_clicks_away(kari: Visitor) -> None:
    page = kari.open()
    link_on_overview(page, "it-help-desk").click()
    page.get_by_role("link", name="Last 7 days").click()
    words = page.locator("#words ~ ul.cards").first
    expect(words.locator("blockquote").first).to_be_visible()
    expect(words.get_by_text("(Detractor)").first).to_be_visible()
    expect(words.get_by_text("(Promoter)")).to_have_count(0)
    for heading in ("Called back in time?", "Causes", "The score", "Who did not answer"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.locator("#outcomes")).to_be_visible()


def link_on_overview(page: Page, survey: str) -> Locator:
    """On whichever page of it the survey stands: other tests make dozens."""
    link = page.locator(f"h3 a[href$='/surveys/{survey}']")
    while not link.count():
        page.get_by_role("link", name="More", exact=True).click()
        page.wait_for_load_state()
    return link


def test_a_task_is_opened_and_closed_with_its_cause(kari: Visitor) -> None:
    page, what = kari.open("tasks/new"), f"Call the office {uuid4().hex[:8]}"
    page.get_by_label("Survey").select_option("it-help-desk")
    page.get_by_label("What is to be done").fill(what)
    page.get_by_label("Due").fill("2030-06-01T09:00")
    kari.press("Open it")
    expect(page.get_by_role("status")).to_have_text("Made.")
    task = page.url
    page.get_by_label("Cause", exact=True).fill("Wi-Fi")
    page.get_by_label("The cause itself is gone").check()
    kari.press("Close it")
    expect(page.get_by_role("status")).to_have_text("Closed.")
    page.goto(task)
    expect(page.get_by_text("Wi-Fi (The cause itself is gone)")).to_be_visible()
    expect(page.locator("blockquote")).to_have_text(what)


def test_a_survey_is_set_up_and_a_help_desk_connected_to_it(kari: Visitor) -> None:
    survey = f"walk-{uuid4().hex[:8]}"
    page = kari.open("setup/new-survey")
    page.get_by_label("Short name, for addresses").fill(survey)
    page.get_by_label("Name", exact=True).fill("Walk")
    page.get_by_label("Team", exact=True).fill("Walkers")
    page.get_by_label("What success looks like").fill("People say what to mend.")
    shows_the_mail_in(kari, "de")
    kari.press("Save")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    shows_the_mail_in(kari, "nb")
    address, secret = connect(kari, survey)
    deliver(page, address, secret)
    page.get_by_role("link", name="Done").click()
    row = page.get_by_role("row").filter(has_text="walk-1")
    expect(row.get_by_text("Taken", exact=True)).to_be_visible()
    assert secret not in page.content()


def shows_the_mail_in(visitor: Visitor, language: str) -> None:
    visitor.page.get_by_label("In", exact=True).select_option(language)
    shown = visitor.page.frame_locator("iframe[name=shown]")
    expect(shown.locator("html")).to_have_attribute("lang", language)
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Walkers")


def connect(visitor: Visitor, survey: str) -> tuple[str, str]:
    """The address and the secret, each shown once with the text to paste."""
    page = visitor.open("setup/helpdesks")
    page.get_by_label("Help desk", exact=True).select_option("zendesk")
    page.get_by_label("Survey", exact=True).select_option(survey)
    visitor.press("Connect")
    expect(page.get_by_text("Copy the secret now.")).to_be_visible()
    address = page.get_by_label("Address").input_value()
    secret = page.get_by_label("Secret").input_value()
    assert address in page.get_by_role("list").filter(has_text="Endpoint URL").inner_text()
    assert "{{ticket.id}}" in page.get_by_label("To paste: text 1").input_value()
    return address, secret


def deliver(page: Page, address: str, secret: str) -> None:
    """A solved ticket, signed as Zendesk signs."""
    now = datetime.now(UTC).replace(microsecond=0)
    recorded = replace(sample("zendesk_trigger_rendered"), at=now)
    body = json.loads(recorded.raw)
    body["ticket"] |= {"id": "walk-1", "updated_at": now.isoformat().replace("+00:00", "Z")}
    body["requester"]["email"] = f"walk-{uuid4().hex[:12]}@example.com"
    signed = resigned(recorded, json.dumps(body).encode(), secret)
    given = {**signed.headers, "x-zendesk-webhook-invocation-id": uuid4().hex}
    answer = page.request.post(address, headers=given, data=signed.raw)
    assert answer.json()["status"] == "accepted", answer.text()


def test_a_key_is_made_and_revoked(kari: Visitor) -> None:
    page, name = kari.open("setup/keys"), f"walk {uuid4().hex[:8]}"
    page.get_by_label("Name", exact=True).fill(name)
    kari.press("Make the key")
    key = page.get_by_label("Secret").input_value()
    assert status_with(page, kari.stack, key) == 200
    page.get_by_role("link", name="Done").click()
    row = page.get_by_role("row").filter(has_text=name)
    row.get_by_text("Revoke", exact=False).first.click()
    row.get_by_role("button", name="Revoke this key").click()
    expect(page.get_by_role("status")).to_have_text("Revoked.")
    assert status_with(page, kari.stack, key) == 401


def status_with(page: Page, stack: Stack, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return page.request.get(f"{stack.api}/v1/surveys", headers=headers).status


def test_every_page_that_the_navigation_leads_to_is_clean(kari: Visitor) -> None:
    page = kari.open()
    pages: Any = page.locator("nav a").evaluate_all("links => links.map(link => link.href)")
    assert len(pages) == 12
    for address in pages:
        answer = page.goto(address)
        assert answer, address
        assert answer.status == 200, address
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_signing_out_ends_the_session_also_for_who_kept_the_cookie(stranger: Visitor) -> None:
    sign_in(stranger)
    kept: Any = stranger.session
    stranger.press("Sign out")
    expect(stranger.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert is_led_to_sign_in(stranger)
    stranger.context.add_cookies([kept])
    assert is_led_to_sign_in(stranger)
