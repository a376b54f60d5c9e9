"""Signing in by a mailed link, in the browser that asked and elsewhere."""

import re
from datetime import timedelta

import pytest
import time_machine

from chalicelib import moments
from chalicelib.dashboard.cookies import SESSION
from chalicelib.members import wiring as members_wiring
from tests.functional.conftest import Heed
from tests.support.members import ADDRESS, Browser, Post, add_member, ask, cookie_name

MINUTE = timedelta(minutes=1)
STRANGER = "nobody@example.com"


def is_in(browser: Browser) -> bool:
    return bool(browser.open("/app/tasks").status_code == 200)


def code_on(page: object) -> str:
    (code,) = re.findall(r'<p class="code">([A-Z2-7]{4}-[A-Z2-7]{4})</p>', page.body.decode())  # type: ignore[attr-defined]
    return str(code)


def test_the_link_signs_in_the_browser_that_asked(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    assert ask(browser).headers["Location"] == "/app/code"
    page = browser.open(post.link(heed))
    assert not is_in(browser), "opening the link signed in before anybody pressed the button"
    assert browser.press(page).headers["Location"] == "/app"
    assert is_in(browser)


def test_it_leads_back_to_the_page_that_was_wanted(
    heed: Heed, post: Post, browser: Browser
) -> None:
    add_member()
    wanted = browser.open("/app/tasks?state=closed")
    browser.press(browser.follow(wanted), email=ADDRESS)
    pressed = browser.press(browser.open(post.link(heed)))
    assert pressed.headers["Location"] == "/app/tasks?state=closed"


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "../../x", "a\r\nb: c"]
)
def test_it_leads_nowhere_else(heed: Heed, post: Post, browser: Browser, back: str) -> None:
    add_member()
    ask(browser, back=back)
    pressed = browser.press(browser.open(post.link(heed)))
    assert pressed.headers["Location"] == "/app"


def test_elsewhere_the_link_shows_a_code_for_the_browser_that_asked(
    heed: Heed, post: Post, browser: Browser
) -> None:
    add_member()
    sent = browser.follow(ask(browser))
    phone = Browser(heed)
    code = code_on(phone.open(post.link(heed)))
    assert not is_in(phone)
    assert browser.press(sent, code=code.lower().replace("-", " ")).headers["Location"] == "/app"
    assert is_in(browser)


def test_a_scanner_of_mail_signs_nobody_in(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    ask(browser)
    link, scanner = post.link(heed), Browser(heed)
    for _ in range(2):
        scanner.open(link)
        code = code_on(scanner.post(link, {}))
        scanner.post("/app/code", {"code": code})
        page = scanner.open("/app/code")
        scanner.press(page, code=code)
    assert not is_in(scanner)
    browser.press(browser.open(link))
    assert is_in(browser)


def test_a_link_signs_in_once(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    ask(browser)
    page = browser.open(post.link(heed))
    kept = dict(browser.cookies)
    browser.press(page)
    again = Browser(heed)
    again.cookies = kept
    assert again.press(page).status_code == 404
    assert not is_in(again)


def test_a_link_ends_after_a_quarter_of_an_hour(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    ask(browser)
    link = post.link(heed)
    with time_machine.travel(moments.now() + 16 * MINUTE, tick=False):
        assert "does not sign in" in browser.open(link).body.decode()


def test_links_that_are_not_good_look_alike(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    ask(browser)
    link = post.link(heed)
    browser.press(browser.open(link))
    mangled = [f"{link[:-2]}aa", "/app/sign-in/nonsense", f"/app/sign-in/{'a' * 60}"]
    with time_machine.travel(moments.now() + 16 * MINUTE, tick=False):
        pages = {Browser(heed).open(path).body for path in (link, *mangled)}
    assert len(pages) == 1


def test_a_code_is_tried_five_times(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    page = browser.follow(ask(browser))
    code = code_on(Browser(heed).open(post.link(heed)))
    for _ in range(5):
        assert browser.press(page, code="AAAA-AAAA").status_code == 422
    assert browser.press(page, code=code).status_code == 422
    assert not is_in(browser)


def test_a_code_of_another_browser_is_wrong(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    ask(browser)
    code, other = code_on(Browser(heed).open(post.link(heed))), Browser(heed)
    page = other.follow(ask(other, STRANGER))
    assert other.press(page, code=code).status_code == 422


def test_an_address_that_is_no_member_s_gets_the_same_answer_and_no_mail(
    heed: Heed, post: Post
) -> None:
    add_member()
    answers, writes = [], []
    for address in (ADDRESS, STRANGER):
        browser = Browser(heed)
        answer = ask(browser, address)
        answers.append((answer.status_code, answer.headers["Location"], answer.body))
        writes.append(len(heed.items("SIGNIN")) + len(heed.items("LETTER")))
    assert answers[0] == answers[1]
    assert writes == [2, 4]
    assert [to for to, _ in post.deliver(heed)] == [ADDRESS]


def test_what_is_stored_of_a_stranger_holds_no_address(heed: Heed, browser: Browser) -> None:
    ask(browser, STRANGER)
    assert "nobody" not in str(heed.stored())


def test_one_network_asks_ten_times_in_a_minute(heed: Heed) -> None:
    with time_machine.travel("2026-11-30T09:05:00Z", tick=False):
        answers = [ask(Browser(heed), f"p{number}@example.com") for number in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert answers[-1].headers["Retry-After"] == "60"


def test_a_letter_that_comes_too_late_does_not_go(heed: Heed, post: Post, browser: Browser) -> None:
    add_member()
    ask(browser)
    with time_machine.travel(moments.now() + 20 * MINUTE, tick=False):
        assert post.deliver(heed) == []


def test_what_is_no_address_is_said_beside_the_field(browser: Browser) -> None:
    answer = ask(browser, "kari at work")
    assert answer.status_code == 422
    assert 'value="kari at work"' in answer.body.decode()
    assert "This is no e-mail address." in answer.body.decode()


def test_whoever_is_removed_is_signed_out(heed: Heed, post: Post, browser: Browser) -> None:
    member = add_member()
    ask(browser)
    browser.press(browser.open(post.link(heed)))
    members_wiring.members().remove(member.person)
    assert not is_in(browser)


def test_whoever_was_removed_before_the_link_was_opened_is_not_let_in(
    heed: Heed, post: Post, browser: Browser
) -> None:
    member = add_member()
    ask(browser)
    page = browser.open(post.link(heed))
    members_wiring.members().remove(member.person)
    assert browser.press(page).status_code == 404


def test_the_letter_is_in_the_language_of_the_member(
    heed: Heed, post: Post, browser: Browser
) -> None:
    add_member(lang="nb")
    ask(browser)
    ((_, message),) = post.deliver(heed)
    assert message["Subject"] == "Din lenke for å logge inn i Heed"
    assert "List-Unsubscribe" not in message


def test_the_session_is_kept_from_scripts_and_ends_after_twelve_hours(
    heed: Heed, post: Post, browser: Browser
) -> None:
    add_member()
    ask(browser)
    answer = browser.press(browser.open(post.link(heed)))
    (cookie,) = [one for one in answer.headers["Set-Cookie"] if "-session=" in one]
    attributes = {part.strip() for part in cookie.split(";")[1:]}
    assert attributes == {"Path=/app", "Max-Age=43200", "HttpOnly", "SameSite=Lax", "Secure"}
    with time_machine.travel(moments.now() + timedelta(hours=12, minutes=1), tick=False):
        assert not is_in(browser)


@pytest.mark.parametrize("session", ["", "nonsense", "a" * 85, "ä", "x" * 5000])
def test_a_cookie_that_is_no_session_is_nobody_s(
    heed: Heed, browser: Browser, session: str
) -> None:
    browser.cookies[cookie_name(SESSION)] = session
    assert browser.open("/app/tasks").status_code == 303
